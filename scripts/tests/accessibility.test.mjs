// The table of accessibility is whole, its sums are right, and the tests that it names are there.

import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {at} from '../lib/tools.mjs';

const text = readFileSync(at('docs/accessibility.md'), 'utf8');
const rows = [...text.matchAll(/^\| (4\.\d)\.(\d+) \| ([^|]+) \| (yes|partly|no|–) \| ([^|]+) \|$/gm)];
const COUNTS = {4.1: 3, 4.2: 22, 4.3: 18, 4.4: 12};

test('every recommendation has its row, in order', () => {
  const wanted = Object.entries(COUNTS).flatMap(([section, count]) =>
    Array.from({length: count}, (_, index) => `${section}.${index + 1}`),
  );
  assert.deepEqual(
    rows.map(([, section, number]) => `${section}.${number}`),
    wanted,
  );
});

test('the sums are those of the rows', () => {
  const KINDS = ['yes', 'partly', 'no', '–'];
  const sums = (of) => KINDS.map((kind) => of.filter((row) => row[4] === kind).length);
  const told = (name) => {
    const line = text.split('\n').find((line) => line.startsWith(name));
    assert.ok(line, name);
    return line
      .split('|')
      .slice(2, 6)
      .map((cell) => Number(cell.replaceAll('*', '').trim() || 0));
  };
  for (const section of Object.keys(COUNTS)) {
    assert.deepEqual(told(`| ${section} `), sums(rows.filter((row) => row[1] === section)), section);
  }
  assert.deepEqual(told('| **all (55)**'), sums(rows));
});

test('what holds is held by a test or by something that is there', () => {
  for (const [, section, number, , kind, how] of rows) {
    const named = [...how.matchAll(/`((?:[\w-]+\/)*[\w.-]+\.(?:spec\.ts|rs|mjs|css))`/g)].map(([, name]) => name);
    for (const name of named) {
      assert.ok(existsSync(at(name.includes('/') ? name : `web/e2e/${name}`)), `${section}.${number}: ${name}`);
    }
    const folders = /`engine\/tests\/it\/(matching|diagnostics)`/.test(how);
    if (kind === 'yes') assert.ok(named.length > 0 || folders, `${section}.${number} names no test`);
    assert.ok(how.trim().length > 10 || kind === 'no', `${section}.${number} gives no reason`);
  }
});
