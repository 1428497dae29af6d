// The one file of the Studio that knows its wasm package: the engine with its YAML reader.

export {Drafts, default as start, Session} from '../../pkg/studio/treebot.js';
