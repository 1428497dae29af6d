// What nothing reaches once functions only stop.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {prune, stretchesBefore} from '../lib/prune.mjs';

/**
 * A module as the linker leaves it. `run` calls `why`, which only stops, with the address of "why?"; that names a table of
 * functions with `told` in it, and `told` names "told". `run` itself reads "mine".
 */
function linked() {
  const codes = [
    // run: the address of "mine", dropped; that of "why?", and call `why`.
    [0, 0x41, ...padded(MINE), 0x1a, 0x02, 0x40, 0x41, ...padded(WHY), 0x10, ...padded(1), 0x0b, 0x0b],
    // why: takes an address.
    [0, 0x0b],
    // told: the address of "told", dropped.
    [0, 0x41, ...padded(TOLD), 0x1a, 0x0b],
  ];
  const code = [3, ...codes.flatMap((body) => [body.length, ...body])];
  const data = [
    1,
    0,
    0x41,
    0,
    0x0b,
    16,
    ...Buffer.from('mine'),
    ...Buffer.from('why?'),
    0,
    0,
    0,
    0,
    ...Buffer.from('told'),
  ];
  const at = (text, after = 0) => Buffer.from(code).indexOf(Buffer.from(text), after);
  const addressOf = (place) => at([0x41, ...padded(place)]) + 1;
  const symbols = [
    [1, 0, ...text('mine'), 0, MINE, 4],
    [1, 0, ...text('why'), 0, WHY, 8],
    [1, 0, ...text('told-text'), 0, TOLD, 4],
    [0, 0, 1, ...text('why')],
    [0, 0, 2, ...text('told')],
  ];
  return Buffer.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [2, 0x60, 0, 0, 0x60, 1, 0x7f, 0]),
    ...section(3, [3, 0, 1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [1, ...text('run'), 0, 0]),
    ...section(10, code),
    ...section(11, data),
    ...custom('linking', [2, 8, ...sized([5, ...symbols.flat()])]),
    ...custom('reloc.CODE', [
      4,
      4,
      4,
      addressOf(MINE),
      0,
      0,
      4,
      addressOf(WHY),
      1,
      0,
      0,
      at([0x10]) + 1,
      3,
      4,
      addressOf(TOLD),
      2,
      0,
    ]),
    // The place of `told` in the table of functions, in what "why?" is.
    ...custom('reloc.DATA', [5, 1, 2, 14, 4]),
    ...custom('name', [1, ...sized([3, 0, ...text('run'), 1, ...text('core::panicking::why'), 2, ...text('told')])]),
  ]);
}

const MINE = 0;
const WHY = 4;
const TOLD = 12;
const padded = (number) => [number | 0x80, 0x80, 0x80, 0x80, 0];
const sized = (bytes) => [
  ...(bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7]),
  ...bytes,
];
const text = (of) => [of.length, ...Buffer.from(of)];
const section = (id, bytes) => [id, ...sized(bytes)];
const custom = (name, bytes) => section(0, [...text(name), ...bytes]);

test('what only a stop named is left out, and so is what only that named', () => {
  const {wasm, functions, muted} = prune(linked(), (name) => name.startsWith('core::panicking'));
  assert.ok(WebAssembly.validate(wasm));
  assert.deepEqual({functions, muted}, {functions: 2, muted: 1});
  const all = wasm.toString('latin1');
  assert.ok(all.includes('mine'));
  assert.ok(!all.includes('why?'));
  assert.equal(all.split('told').length, 2, 'only its name is left');
  assert.ok(!all.includes('reloc.') && !all.includes('linking'));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  assert.throws(() => instance.exports.run(), WebAssembly.RuntimeError);
});

test('where nothing stops, all stays that somebody names', () => {
  const {wasm, functions, bytes} = prune(linked(), () => false);
  assert.ok(WebAssembly.validate(wasm));
  assert.deepEqual({functions, bytes}, {functions: 0, bytes: 0});
  new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports.run();
});

test('without the records of the linker nothing is guessed', () => {
  const empty = Buffer.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  assert.throws(() => prune(empty, () => true), /no records of its linker/);
});

test('a row of instructions before a call that stops goes back to what others can see', () => {
  const body = (...bytes) =>
    stretchesBefore(Buffer.from([0, ...bytes, 0x0b]), {start: 0, end: bytes.length + 2}, (at) => at === 9);
  // A constant, and the call.
  assert.deepEqual(body(0x41, 1, 0x10, 9), [{start: 1, end: 5}]);
  // What stands before another call, a branch, or something stored is run in any case.
  assert.deepEqual(body(0x41, 1, 0x10, 3, 0x41, 2, 0x10, 9), [{start: 5, end: 9}]);
  assert.deepEqual(body(0x20, 0, 0x0d, 0, 0x41, 2, 0x10, 9), [{start: 5, end: 9}]);
  assert.deepEqual(body(0x36, 2, 0, 0x10, 9), [{start: 4, end: 6}]);
  assert.deepEqual(body(0x41, 1, 0x10, 3), []);
  assert.throws(() => body(0xff, 0x10, 9), /not known/);
});
