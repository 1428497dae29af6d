// Functions in another order do the same.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import binaryen from 'binaryen';
import {alikeTogether} from '../lib/alike.mjs';
import {bodiesOf, SECTION, sectionsOf} from '../lib/wasm.mjs';

const TEXT = `(module
  (type $unary (func (param i32) (result i32)))
  (import "host" "log" (func $log (param i32)))
  (table 2 funcref)
  (elem (i32.const 0) $double $square)
  (global $began (mut i32) (i32.const 0))
  (func $square (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))
  (func $begin (global.set $began (i32.const 7)) (call $log (global.get $began)))
  (func $fib (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func $double (param i32) (result i32) (i32.add (local.get 0) (local.get 0)))
  (func $by (param i32 i32) (result i32) (call_indirect (type $unary) (local.get 0) (local.get 1)))
  (func $pick (param i32) (result i32)
    (block (block (block (br_table 0 1 2 (local.get 0))) (return (i32.const 10))) (return (call $square (i32.const 4))))
    (i32.trunc_sat_f64_s (f64.const 2.5)))
  (export "fib" (func $fib)) (export "by" (func $by)) (export "pick" (func $pick))
  (start $begin))`;

function runs(wasm) {
  const logged = [];
  const host = {log: (number) => logged.push(number)};
  const {fib, by, pick} = new WebAssembly.Instance(new WebAssembly.Module(wasm), {host}).exports;
  return [logged, fib(10), by(5, 0), by(5, 1), pick(0), pick(1), pick(2)];
}

test('calls, tables, exports and the start lead where they led', () => {
  const module = binaryen.parseText(TEXT);
  module.setFeatures(binaryen.Features.All);
  const before = Buffer.from(module.emitBinary());
  const after = alikeTogether(before);
  assert.deepEqual(runs(before), [[7], 55, 10, 25, 10, 16, 2]);
  assert.deepEqual(runs(after), runs(before));
  const ordered = (wasm) => {
    const section = (id) => sectionsOf(wasm).find((section) => section.id === id);
    const types = section(SECTION.function).rest();
    return types.list(() => types.number()).map((type, at) => ({type, ...bodiesOf(section(SECTION.code))[at]}));
  };
  const types = ordered(after).map(({type}) => type);
  assert.deepEqual(
    types,
    types.toSorted((one, other) => one - other),
    'type by type',
  );
  assert.equal(ordered(before).length, types.length);
  // The same again, as nothing is left to chance.
  assert.deepEqual(alikeTogether(before), after);
});
