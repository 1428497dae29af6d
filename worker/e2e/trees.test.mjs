// The trees that the Worker is built with, on the real runtime.

import assert from 'node:assert/strict';
import {after, afterEach, before, test} from 'node:test';
import {presses, startGraph, words} from './graph.mjs';
import {FIXTURES, SETTINGS, Someone, startTreebot, temporary} from './support.mjs';

let graph;
before(async () => {
  graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
});
after(() => graph?.close());
// Whatever happened: nothing went out that Meta would refuse.
afterEach(() => assert.deepEqual(graph.rejected, []));

/** A Worker that is to serve `tree`, for as long as `use` takes. */
async function serving(tree, use) {
  const settings = {...SETTINGS, GRAPH_API_BASE: graph.base, TREE: tree};
  const treebot = await startTreebot({settings, state: temporary()});
  try {
    const health = await treebot.fetch('/health');
    await use({treebot, person: new Someone(treebot, graph), status: health.status, health: await health.json()});
  } finally {
    await treebot.stop();
  }
}

test('somebody is advised on a visa: by tapping, by typing, and by an old button', async () => {
  await serving('', async ({person, health}) => {
    assert.equal(health.tree.name, 'uk-visa');
    const hello = await person.types('hello');
    const [length] = await person.taps(hello.at(-1), 'Holiday or visit');
    const list = await person.taps(length, 'Up to 6 months');
    assert.match(words(list.at(-1)), /Which passport/);
    const visa = await person.types("I'm from India");
    assert.match(words(visa.at(-1)), /^Standard Visitor visa\./);
    assert.match(words(visa.at(-1)), /https:\/\/www\.gov\.uk\/standard-visitor/);
    const eta = await person.taps(list.at(-1), 'ETA-list country');
    assert.match(words(eta.at(-1)), /^ETA\./);
    const again = await person.taps(eta.at(-1), 'Start again');
    assert.equal(words(again.at(-1)), words(hello.at(-1)));
  });
});

test('an operator chooses another tree by its name', async () => {
  await serving('coffee-machine', async ({person, status, health}) => {
    assert.deepEqual([status, health.tree.name], [200, 'coffee-machine']);
    const sent = await person.types('hello');
    assert.ok(presses(sent.at(-1)).some(({title}) => title === 'No power'));
  });
});

test('a tree that there is not keeps the webhook closed, and health says so', async () => {
  await serving('nowhere', async ({treebot, person, status, health}) => {
    assert.deepEqual([status, health.ok, health.missing, health.configuration.TREE], [503, false, ['TREE'], 'unknown']);
    assert.deepEqual(await person.types('hello'), []);
    assert.equal(person.response.status, 503);
    assert.match(treebot.logs.join('\n'), /"unknown":"TREE"/);
  });
});
