// The harness of the Worker's bench: its plain Worker on workerd says what the tree says, and its faults are noticed.

import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {CONTESTANTS} from '../edge/lib/contestants.mjs';
import {calm} from '../edge/lib/faults.mjs';
import {Meta} from '../edge/lib/meta.mjs';
import {conversations, delivery, Someone} from '../edge/lib/people.mjs';
import {stand} from '../edge/lib/stand.mjs';
import {talk} from '../edge/lib/talk.mjs';
import {writeAround, writeSection} from '../lib/sections.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'treebot-edge-test-'));
after(() => rmSync(folder, {recursive: true, force: true}));

/** A JavaScript Worker at work, while `faults` happen. */
async function working(name, faults, use) {
  const player = CONTESTANTS.find((one) => one.name === name);
  const one = await stand({...player, modules: await player.modules()}, faults, folder);
  try {
    await use(one);
  } finally {
    await one.close();
  }
}

const NOTHING_WRONG = {untaken: 0, lost: 0, doubled: 0, wrong: 0, failed: 0, example: undefined};

test('the plain Worker says what the tree says, on all paths', async () => {
  await working('plain', calm, async (one) => {
    const list = conversations();
    const inputs = list.reduce((sum, {texts}) => sum + texts.length + 1, 0);
    const {tally} = await talk(one, list, {inputs});
    assert.deepEqual(tally, {inputs, ...NOTHING_WRONG});
    assert.deepEqual(one.graph.refused, []);
  });
});

test('an unsigned delivery is refused by it', async () => {
  await working('plain', calm, async ({runtime, graph}) => {
    const {port} = await runtime.ready;
    const text = delivery([new Someone(conversations()[0]).types('hello')]);
    const forged = {'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}`};
    const response = await fetch(`http://127.0.0.1:${port}/webhook`, {method: 'POST', headers: forged, body: text});
    assert.deepEqual([response.status, graph.calls], [403, 0]);
  });
});

test('an input that is delivered twice is answered twice by it, and that is seen', async () => {
  await working('plain', calm, async (one) => {
    const {tally} = await talk(one, conversations(), {inputs: 40, again: () => ({later: true})});
    assert.ok(tally.doubled > 0, JSON.stringify(tally));
  });
});

test('what is written late is shown late, and a store that fails makes it ask for another delivery', async () => {
  let fails = false;
  const faults = {...calm, store: () => ({fails, visible: Date.now() + 60_000})};
  await working('plain', faults, async (one) => {
    const [conversation] = conversations();
    const person = new Someone(conversation);
    for (let n = 0; n < 2; n++) assert.equal((await one.meta.post(delivery([person.types('hello')]))).status, 200);
    const said = one.graph.sent.get(person.id).map(({message}) => message.text);
    assert.equal(said.length % 2, 0);
    assert.deepEqual(said.slice(said.length / 2), said.slice(0, said.length / 2), 'it begins again');
    fails = true;
    assert.equal((await one.meta.post(delivery([person.types('hello')]))).status, 503);
  });
});

test('who does not answer is not waited for without end', async () => {
  const meta = new Meta(1);
  assert.equal((await meta.post(delivery([]))).status, undefined);
  meta.close();
});

test('reports share a file, each with a section of its own', () => {
  const file = path.join(folder, 'report.md');
  writeFileSync(file, '# Old\n');
  writeSection(file, 'edge', '## The edge\n\nfirst $& $1');
  writeSection(file, 'edge', '## The edge\n\nsecond $& $1');
  writeAround(file, '# New\n');
  writeAround(file, '# Newer\n');
  const text = readFileSync(file, 'utf8');
  assert.equal(text, '# Newer\n\n<!-- edge: begin -->\n## The edge\n\nsecond $& $1\n<!-- edge: end -->\n');
});
