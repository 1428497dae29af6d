// An engine finds what its JavaScript has for it under short names.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import binaryen from 'binaryen';
import {withShortNames} from '../lib/names.mjs';

const WASM = Buffer.from(
  binaryen
    .parseText(`(module
  (import "./treebot_bg.js" "__wbg_now_0123456789abcdef" (func $now (result i32)))
  (import "./treebot_bg.js" "memory" (memory 1))
  (import "./treebot_bg.js" "__wbindgen_twice" (func $twice (param i32) (result i32)))
  (func $run (result i32) (call $twice (call $now)))
  (export "run" (func $run)))`)
    .emitBinary(),
);

const JS = `({
        __wbg_now_0123456789abcdef: function() { return 21; },
        memory: new WebAssembly.Memory({initial: 1}),
        __wbindgen_twice: function(number) { return 2 * number; },
})`;

test('both have the same short names, and what has another kind of name keeps it', () => {
  const {wasm, js} = withShortNames(WASM, JS);
  const module = new WebAssembly.Module(wasm);
  assert.deepEqual(
    WebAssembly.Module.imports(module).map(({name}) => name),
    ['memory', '$0', '$1'],
  );
  // The text of this file.
  const host = new Function(`return ${js}`)();
  assert.equal(new WebAssembly.Instance(module, {'./treebot_bg.js': host}).exports.run(), 42);
});

test('JavaScript that does not have a name once is refused', () => {
  assert.throws(() => withShortNames(WASM, JS.replace('__wbindgen_twice', 'other')), /__wbindgen_twice once/);
  assert.throws(() => withShortNames(WASM, JS + JS), /__wbg_now_0123456789abcdef once/);
});
