// The one file of the Studio that knows its wasm package: the engine with its YAML reader.

export type {
  Covered,
  Draft,
  Fault,
  Keeping,
  Mend,
  Preview,
  Replacement,
  Step,
  StepOutcome,
  Test,
  Told,
  View,
  Whereabouts,
} from '../../pkg/studio/treebot.js';
export {Drafts, default as start, Studio as Desk} from '../../pkg/studio/treebot.js';
