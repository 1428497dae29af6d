// trees/tree.schema.json helps authors in VS Code and raises no false alarm: seen with the same YAML library as its
// extension reads files with. (That its keys and its words are the engine's: engine/tests/it/schema.rs)

import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import Ajv from 'ajv';
import {parse} from 'yaml';
import {at} from '../lib/tools.mjs';

const read = (file) => readFileSync(at(file), 'utf8');

const ajv = new Ajv({allErrors: true, allowUnionTypes: true, strictTypes: false, strictRequired: false});
// What to offer for a new picture: the extension's own keyword.
ajv.addKeyword('defaultSnippets');
const validate = ajv.compile(JSON.parse(read('trees/tree.schema.json')));

/** What the schema has against a source. */
function faults(source) {
  validate(parse(source, {uniqueKeys: false, logLevel: 'silent'}));
  return (validate.errors ?? []).map(({instancePath, message}) => `${instancePath || 'the file'} ${message}`);
}

/** The examples of a document, each with the words after ```yaml and the code that it stands below. */
function examples(file) {
  const found = [];
  let code = '';
  for (const part of read(file).matchAll(/^### (T\d+) · |^```yaml([^\n]*)\n(.*?)^```$/gms)) {
    if (part[1]) code = part[1];
    else found.push({kind: part[2].trim().split(' ')[0], code, source: part[3]});
  }
  return found;
}

for (const file of readdirSync(at('trees')).filter((name) => name.endsWith('.yaml'))) {
  test(`${file} fits the schema, and says where it is`, () => {
    const source = read(`trees/${file}`);
    assert.match(source, /^# yaml-language-server: \$schema=tree\.schema\.json\n/);
    assert.deepEqual(faults(source), []);
  });
}

test('every tree in the documents fits the schema', () => {
  const trees = ['README.md', 'docs/tree-format.md'].flatMap(examples).filter(({kind}) => ['', 'good'].includes(kind));
  assert.ok(trees.length > 40, `${trees.length} trees`);
  for (const {source} of trees) assert.deepEqual(faults(source), [], source);
});

// What the shape of a file tells. Names, circles and words are for the engine to judge.
const SHAPES = ['T009', 'T010', 'T011', 'T012', 'T014', 'T015', 'T016', 'T017', 'T023', 'T024'];

test('what is wrong with the shape of a tree is refused, and what is only unwise is not', () => {
  const bad = examples('docs/tree-format.md').filter(({kind}) => kind === 'bad');
  for (const code of SHAPES)
    assert.ok(
      bad.some((example) => example.code === code),
      code,
    );
  for (const {code, source} of bad) {
    if (SHAPES.includes(code)) assert.notDeepEqual(faults(source), [], source);
    if (code >= 'T050' && code < 'T070') assert.deepEqual(faults(source), [], source);
  }
});

test('texts that YAML takes for something else are texts', () => {
  const source =
    'say: 2026\ntitle: 1.50\nanswers:\n  1: yes\n  0x1: {say: no, also: [12, true, 1e3], label: 2}\n  true: {goto: 7}\nnodes:\n  7: {say: [1, 2]}\n';
  assert.deepEqual(faults(source), []);
});

test('mistakes in tests of a tree are refused', () => {
  const steps = (list) => `say: a\ntests:\n  one: ${list}\n`;
  assert.deepEqual(faults(steps('[{user: hi}, {bot: a}, {at: b}, {end: true}, {given: {start: a}}]')), []);
  for (const list of ['[]', '[hi]', '[{usr: hi}]', '[{end: maybe}]', '[{given: [a]}]', '{user: hi}']) {
    assert.notDeepEqual(faults(steps(list)), [], list);
  }
});
