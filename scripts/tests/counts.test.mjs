// What test programs print at their end, as it really looks, and what is made of it.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cargoTest, judge, nodeTest, playwright} from '../lib/counts.mjs';

test('cargo test: all binaries and doc tests together', () => {
  const output = `
running 3 tests
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s

     Running tests/it/main.rs (target/debug/deps/it-0)
test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 4.41s
`;
  assert.deepEqual(cargoTest(output), {passed: 13, failed: 2, skipped: 1});
});

test('wasm-bindgen’s runner', () => {
  const output = 'test result: ok. 5 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s\n';
  assert.deepEqual(cargoTest(output), {passed: 5, failed: 0, skipped: 0});
});

test('node --test, with either reporter', () => {
  const spec = 'ℹ tests 9\nℹ suites 0\nℹ pass 6\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\nℹ duration_ms 9\n';
  assert.deepEqual(nodeTest(spec), {passed: 6, failed: 2, skipped: 1});
  assert.deepEqual(nodeTest(spec.replaceAll('ℹ', '#')), {passed: 6, failed: 2, skipped: 1});
});

test('Playwright: what passed only at the second try has failed', () => {
  const output =
    '  1 failed\n    chat.spec.ts:1:1 › says hello\n  1 flaky\n  2 skipped\n  3 did not run\n  14 passed (12.3s)\n';
  assert.deepEqual(playwright(output), {passed: 14, failed: 2, skipped: 5});
});

test('colours do not matter', () => {
  assert.deepEqual(cargoTest('test result: \u001b[32mok\u001b[0m. 2 passed; 0 failed; 0 ignored; 0 measured'), {
    passed: 2,
    failed: 0,
    skipped: 0,
  });
});

test('a check fails that ran no test, skipped one, or crashed without a word', () => {
  const counts = (passed, failed, skipped) => ({passed, failed, skipped});
  assert.deepEqual(judge(counts(4, 0, 0), 0), {passed: 4, failed: 0, why: undefined});
  assert.equal(judge(counts(0, 0, 0), 0).failed, 1);
  assert.equal(judge(counts(4, 0, 2), 0).failed, 2);
  assert.equal(judge(counts(4, 0, 0), 101).failed, 1);
  assert.equal(judge(counts(4, 3, 0), 101).failed, 3);
});
