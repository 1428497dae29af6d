// What is said on the command line.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {options} from '../lib/options.mjs';

const read = (...args) => ({...options('npm run it', {quick: true, only: 'NAME,…', write: 'FILE'}, args)});

test('a list is split, a word is not, and what is not said is not there', () => {
  assert.deepEqual(read(), {quick: false});
  assert.deepEqual(read('--quick', '--only', 'a,b,', '--write', 'a,b'), {quick: true, only: ['a', 'b'], write: 'a,b'});
});

test('what is unknown stops with how the command is used', () => {
  for (const args of [['--slow'], ['--only'], ['word']]) {
    assert.throws(() => read(...args), /\n\nusage: npm run it -- \[--quick\] \[--only NAME,…\] \[--write FILE\]$/);
  }
});
