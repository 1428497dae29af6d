// Making wasm small, the same way for the page and for the Worker.

import {readFileSync, writeFileSync} from 'node:fs';
import {alikeTogether} from './alike.mjs';
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
const SMALL = [
  '-Oz',
  '--converge',
  '--skip-pass=inlining-optimizing',
  '--skip-pass=memory-packing',
  '--skip-pass=local-cse',
  // The first kilobyte is the far end of the stack, and no address is worked out from one below it.
  '--low-memory-unused',
  // Only tools ask which features the compiler used.
  '--strip-target-features',
];

/**
 * Functions of Rust's library that are called to say why a program stops, and then stop it. By their names, such as
 * `core[…]::panicking::panic_fmt`.
 */
const STOPS = [
  // Not all of std's: what sets or takes the hook of panics goes on afterwards, as the Worker's library does when it starts.
  /\bcore(\[\w+\])?::panicking::/,
  /\bstd(\[\w+\])?::panicking::(begin_panic|panic_handler|panic_with_hook|rust_panic)/,
  /::(unwrap|expect)_failed\b/,
  /::panic_already_(mutably_)?borrowed\b/,
  /::slice_(error|index)_fail(_rt)?\b|::len_mismatch_fail\b|::assert_failed\b/,
  /::raw_vec::(handle_error|capacity_overflow)\b|::handle_alloc_error\b/,
  /::rust_panic\b/,
];

/**
 * Shrinks a wasm file in place. It must still have the names of its functions.
 *
 * With `mute`, the program stops without saying why: then all that makes sentences is left out. It stops all the same, so
 * that whoever called it hears of a trap.
 */
export async function shrink(wasm, {mute = false} = {}) {
  if (mute) await muted(wasm);
  const features = FEATURES.map((name) => `--enable-${name}`);
  const args = [...SMALL, '--strip-debug', '--strip-producers', ...features];
  await run(node(), [npmTool('binaryen', 'wasm-opt'), ...args, wasm, '-o', wasm]);
  writeFileSync(wasm, alikeTogether(readFileSync(wasm)));
}

/** Whether a function, by its name, does nothing but say why the program stops, and stop it. */
export const onlyStops = (name) => STOPS.some((stop) => stop.test(name));

/** Puts a trap in the place of each function that only says why the program stops. */
async function muted(wasm) {
  const {default: binaryen} = await import('binaryen');
  const module = binaryen.readBinary(readFileSync(wasm));
  let count = 0;
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const one = module.getFunctionByIndex(index);
    const {name, module: imported} = binaryen.getFunctionInfo(one);
    if (imported || !onlyStops(name)) continue;
    binaryen.Function.setBody(one, module.unreachable());
    count++;
  }
  if (count === 0) throw new Error(`${wasm} has no names of functions, so nothing in it can be left out`);
  binaryen.setDebugInfo(true);
  writeFileSync(wasm, module.emitBinary());
  module.dispose();
}
