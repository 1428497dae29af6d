// Every contestant that needs neither Rust nor wasm says the same: `node --test bench/tests/peers`, which installs the peers first.

import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {setup} from '../../lib/setup.mjs';

await setup();
const {contestants, perform} = await import('../../lib/contestants.mjs');
const {expected, numbered, paths, typed} = await import('../../lib/conversations.mjs');
const {visaTree} = await import('../../lib/workloads.mjs');

const players = await contestants();
const tree = visaTree();
const outline = tree.outline();
const ways = paths(outline);
const wanted = ways.map((labels) => expected(outline, labels));

let folder;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'treebot-bench-'));
  writeFileSync(path.join(folder, 'tree.yaml'), tree.source);
  writeFileSync(path.join(folder, 'outline.json'), JSON.stringify(outline));
});
after(() => rmSync(folder, {recursive: true, force: true}));

test('the conversations reach every node of the visa tree', () => {
  const reached = new Set([0]);
  for (const labels of ways) {
    let node = outline.nodes[0];
    for (const label of labels) {
      const {to} = node.answers.find((answer) => answer.label === label);
      reached.add(to);
      node = outline.nodes[to];
    }
  }
  assert.equal(reached.size, outline.nodes.length);
});

for (const player of players) {
  const talks = !player.only || player.only.includes('messages');
  if (player.missing || player.prepare || !talks) continue;

  test(`${player.title} says the same as the tree`, async () => {
    const yaml = path.join(folder, 'tree.yaml');
    const source = player.translate ? path.join(folder, `tree.${player.name}`) : yaml;
    if (player.translate) {
      const parts = [{outline: path.join(folder, 'outline.json'), yaml, into: source}];
      await done({...player, command: undefined}, {kind: 'translate', parts});
    }
    const forms = [typed(ways)];
    // The original's algorithm knows words, not numbers.
    if (!player.name.includes('full-replay')) forms.push(numbered(outline, ways));
    const parts = forms.map((conversations) => ({source, conversations}));
    for (const {transcripts} of await done(player, {kind: 'transcripts', parts})) {
      assert.deepEqual(transcripts, wanted);
    }
  });
}

async function done(player, job) {
  const {answers, why} = await perform(player, job, {folder, limit: 60_000});
  assert.equal(why, undefined);
  return answers;
}
