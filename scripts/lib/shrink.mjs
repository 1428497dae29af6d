// Making wasm small, the same way for the page and for the Worker.

import {run} from './run.mjs';
import {node, npmTool} from './tools.mjs';

// What the compiler uses and every runtime has. With `--all-features` the result would not load everywhere.
const FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'exception-handling',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
];

// Small is what is downloaded, so compressed. Inlining repeats code, and packing cuts tables into pieces that no longer
// look alike: without these two the result is a twentieth smaller.
const SMALL = ['-Oz', '--converge', '--skip-pass=inlining-optimizing', '--skip-pass=memory-packing'];

/** Shrinks a wasm file in place. */
export async function shrink(wasm) {
  const features = FEATURES.map((name) => `--enable-${name}`);
  const args = [...SMALL, '--strip-debug', '--strip-producers', ...features];
  await run(node(), [npmTool('binaryen', 'wasm-opt'), ...args, wasm, '-o', wasm]);
}
