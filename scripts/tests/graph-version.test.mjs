import assert from 'node:assert/strict';
import {test} from 'node:test';
import {report, warn} from '../lib/checks.mjs';
import {address, versions, warning} from '../lib/graph-version.mjs';

const day = (text) => Date.parse(`${text}T00:00:00Z`);
const base = (version) => `https://graph.facebook.com/${version}`;

test('the ends of versions are read from where the doctor has them', () => {
  const known = versions();
  assert.ok(known.size >= 5, `${known.size} versions`);
  assert.deepEqual(known.get(25), {day: '29 July 2028', at: day('2028-07-29')});
  for (const [number, end] of known) if (end) assert.equal(Date.parse(`${end.day} UTC`), end.at, `v${number}`);
});

test('the version that is deployed is one of them, or newer', () => {
  assert.match(address(), /^https:\/\/graph\.facebook\.com\/v\d+\.0$/);
  assert.equal(warning(address(), day('2026-07-29')), undefined);
});

test('half a year before a version ends it is said', () => {
  assert.equal(warning(base('v25.0'), day('2028-01-25')), undefined);
  assert.match(warning(base('v25.0'), day('2028-02-01')), /version 25 .* ends on 29 July 2028: move GRAPH_API_BASE/);
  assert.match(warning(base('v25.0'), day('2028-07-29')), /version 25 .* ended on 29 July 2028/);
  assert.match(warning(base('v25.0/'), day('2030-01-01')), /ended/);
});

test('one without an end, or newer than all, is good; none, or one that is older than all, is not', () => {
  const open = new Map([
    [25, {day: '29 July 2028', at: day('2028-07-29')}],
    [26, undefined],
  ]);
  for (const version of ['v26.0', 'v31.0']) assert.equal(warning(base(version), day('2035-01-01'), open), undefined);
  assert.match(warning(base('v2.6'), day('2026-01-01')), /does not serve any more/);
  for (const none of [undefined, '', base('me'), base('vX')]) assert.match(warning(none), /names no version/);
});

test('a warning stands below the table, and fails nothing', (context) => {
  const printed = [];
  context.mock.method(console, 'log', (line) => printed.push(line));
  warn('something ends soon');
  const well = report([{part: 'habits', title: 'a check', passed: 1, failed: 0, seconds: 1}]);
  context.mock.restoreAll();
  assert.equal(well, true);
  assert.deepEqual(printed.slice(-2), ['\n! something ends soon', '\n1 passed, 0 failed']);
});
