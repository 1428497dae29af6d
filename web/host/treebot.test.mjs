// What a host in JavaScript gets is what the engine says natively, word by word: `treebot chat --json` is the measure.

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {conversations} from './treebot.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const {initSync, Talk} = await import('../pkg/host/treebot.js');
const {memory} = initSync({module: readFileSync(new URL('../pkg/host/treebot_bg.wasm', import.meta.url))});

const TEA = `
title: Té
about: Wörter außerhalb von ASCII
say:
  - image: https://tea.example/pot.png
    alt: Eine Kanne 🫖
  - Möchten Sie Tee?
answers:
  はい: {label: "はい, bitte 😀", goto: kind}
  nein: Schade. Auf Wiedersehen!
nodes:
  kind:
    say: Welchen?
    answers:
      grün: Grüner Tee, kommt sofort.
      schwarz: Schwarzer Tee, kommt sofort.
`;

let folder;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'treebot-host-'));
  writeFileSync(path.join(folder, 'tea.yaml'), TEA);
});
after(() => rmSync(folder, {recursive: true, force: true}));

const treebot = (args, input) =>
  execFileSync('cargo', ['run', '--quiet', '-p', 'treebot-cli', '--', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });

/** A tree, as the binding has it and as the engine is natively. */
function tree(file) {
  const name = path.basename(file, '.yaml');
  treebot(['compile', '--into', folder, file]);
  // On the command line a tree is called by its title.
  const [, title] = readFileSync(path.resolve(root, file), 'utf8').match(/^title: (.*)$/m);
  const talk = new Talk(readFileSync(path.join(folder, `${name}.tree`)), title);
  const native = (inputs) =>
    treebot(['chat', '--json', file], inputs.map((input) => `${JSON.stringify(input)}\n`).join(''));
  return {talks: conversations(memory, talk), native: (inputs) => native(inputs).trim().split('\n').map(JSON.parse)};
}

let count = 0;
const when = () => ({id: `m${++count}`, at: 1_780_000_000_000 + count});

/** A reply as `treebot chat --json` writes it. */
const written = ({kind, note, messages, choices}) => ({
  kind,
  messages: messages.map(({text, image}) => (image === undefined ? {text} : {image, alt: text})),
  choices,
  note: note ?? null,
});

/** Plays conversations, each from its start, here and there. */
function compare({talks, native}, list) {
  const inputs = list.flatMap((texts) => [{command: 'start'}, ...texts.map((text) => ({text}))]);
  const [, ...wanted] = native(inputs);
  for (const texts of list) {
    let reply = talks.begin(when());
    const {kind, messages, choices, note} = wanted.shift();
    assert.deepEqual(written(reply), {kind, messages, choices, note});
    for (const text of texts) {
      reply = talks.say(reply.state, text, when());
      const {kind, messages, choices, note} = wanted.shift();
      assert.deepEqual(written(reply), {kind, messages, choices, note}, JSON.stringify(text));
    }
  }
  assert.equal(wanted.length, 0);
}

/** All ways to an end, by what is on the buttons; nothing is asked twice on one. */
function ways({talks}) {
  const found = [];
  const walk = ({state, messages, choices, kind}, texts, seen) => {
    const place = messages.map(({text}) => text).join('\n');
    if (kind === 'end' || seen.includes(place)) {
      found.push(texts);
      return;
    }
    for (const {label} of choices) walk(talks.say(state, label, when()), [...texts, label], [...seen, place]);
  };
  walk(talks.begin(when()), [], []);
  return found;
}

test('every way through the visa tree reads the same', () => {
  const visa = tree('trees/uk-visa.yaml');
  const all = ways(visa);
  assert.ok(all.length > 50, `${all.length} ways`);
  compare(visa, all);
});

test('so does what is no label', () => {
  const visa = tree('trees/uk-visa.yaml');
  compare(visa, [
    ['2', '1'],
    ['I want to study, please', 'a shrot course', 'back', 'help'],
    ['blah', 'blah', 'yes'],
    ['study or work', 'restart', 'yes'],
    ['ünïcödé 😀 日本語', '\u0000', '   ', 'a'.repeat(23), 'a'.repeat(24), 'a'.repeat(25), `${'é'.repeat(25)}`],
    ['x'.repeat(3000), '2'],
    [`${'study '.repeat(500)}`, '1'],
  ]);
});

test('texts in any letters and pictures come over whole', () => {
  const tea = tree(path.join(folder, 'tea.yaml'));
  compare(tea, [...ways(tea), ['はい', 'GRÜN'], ['  はい, bitte 😀 ', 'schwrz'], ['Tee?', 'ja']]);
  const {messages, choices} = tea.talks.begin();
  assert.deepEqual(messages, [
    {text: 'Eine Kanne 🫖', image: 'https://tea.example/pot.png'},
    {text: 'Möchten Sie Tee?', image: undefined},
  ]);
  assert.equal(choices[0].label, 'はい, bitte 😀');
});

test('a press is an answer, and what a browser may hold that is no text is none', () => {
  const {talks} = tree(path.join(folder, 'tea.yaml'));
  const {state, choices} = talks.begin(when());
  assert.deepEqual(talks.tap(state, choices[1].code, when()).messages, [
    {text: 'Schade. Auf Wiedersehen!', image: undefined},
  ]);
  assert.equal(talks.tap(state, 'nonsense', when()).messages.at(-1).text, 'Möchten Sie Tee?');
  assert.equal(talks.say(state, '\ud800', when()).kind, 'unclear');
});

test('who wants everything to be deleted is asked first', () => {
  const {talks} = tree('trees/uk-visa.yaml');
  const asked = talks.say(talks.begin(when()).state, 'delete my data', when());
  assert.equal(asked.forgets, false);
  assert.equal(talks.say(asked.state, 'yes', when()).forgets, true);
});

test('a state is short, and one of nobody is refused without harm', () => {
  const {talks} = tree('trees/uk-visa.yaml');
  const {state} = talks.say(talks.begin(when()).state, '"\\'.repeat(5000), when());
  assert.ok(Buffer.byteLength(JSON.stringify(state)) <= 1024, state);
  assert.throws(() => talks.say('nobody', 'hello', when()), /^Error: the state cannot be used: /);
  assert.throws(() => talks.say('99 1 a text', 'hello', when()), /the state cannot be used: .*99/);
  assert.equal(talks.say(state, '2', when()).kind, 'question');
});

test('bytes that are no compiled tree are refused', () => {
  assert.throws(() => new Talk(new Uint8Array([1, 2, 3]), 'x'), /compiled tree/);
});

test('memory may grow at any time, through this tree or another', () => {
  const {talks} = tree('trees/uk-visa.yaml');
  const first = talks.begin(when());
  const size = memory.buffer.byteLength;
  const long = talks.say(first.state, 'é'.repeat(4 << 20), when());
  assert.ok(memory.buffer.byteLength > size);
  assert.equal(long.kind, 'unclear');
  const bytes = readFileSync(path.join(folder, 'uk-visa.tree'));
  const grown = memory.buffer.byteLength;
  const others = [];
  while (memory.buffer.byteLength === grown) others.push(new Talk(bytes, 'other'));
  assert.deepEqual(written(talks.begin(when())), written(first));
  assert.deepEqual(written(conversations(memory, others.at(-1)).begin(when())).messages, written(first).messages);
  for (const other of others) other.free();
});
