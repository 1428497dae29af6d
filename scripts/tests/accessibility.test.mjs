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

test('the colours of the text are as far from those behind it as the table says', () => {
  const colours = new Map(
    [...readFileSync(at('web/ui/shared/base.css'), 'utf8').matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(
      ([, name, light, dark]) => [name, [light, dark]],
    ),
  );
  const contrast = (text, behind, theme) => {
    const lights = [text, behind].map((name) => light(colours.get(name)[theme])).sort((one, other) => one - other);
    return (lights[1] + 0.05) / (lights[0] + 0.05);
  };
  for (const theme of [0, 1]) {
    for (const behind of ['paper', 'raised', 'tint', 'amber']) {
      const ratio = (text) => contrast(text, behind, theme);
      assert.ok(ratio('ink') > 12, `ink on ${behind}: ${ratio('ink')}`);
      for (const text of ['soft', 'accent', 'error']) {
        assert.ok(ratio(text) > 6, `${text} on ${behind}: ${ratio(text)}`);
      }
    }
    assert.ok(contrast('on-accent', 'accent', theme) > 6);
  }
});

/** The relative luminance of a colour, as WCAG computes it. */
function light(colour) {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

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
