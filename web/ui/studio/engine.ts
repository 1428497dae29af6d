// The one file of the Studio that knows its wasm package: the engine with its YAML reader.

export {default as start, Drafts, Session} from '../../pkg/studio/treebot.js';
