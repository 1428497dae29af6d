// What both levels promise on the real runtime, and what level 1 promises besides.

import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, afterEach, before, describe, test} from 'node:test';
import {fixtureWorkerFolder} from '../../scripts/lib/made.mjs';
import {startGraph, words} from './graph.mjs';
import {body, FIXTURES, fixtureJson, PAGE, SETTINGS, Someone, startTreebot, temporary} from './support.mjs';

const say = (sent) => sent.map(words);
const graphAnswer = (name) => fixtureJson(`graph_${name}.json`);
/** What an input is called: a digest of what Meta calls it. */
const idOf = (mid) => createHash('sha256').update(mid).digest('hex').slice(0, 24);

/** What is said at the places of the tests' tree that are used here. */
const ASKS = {
  root: /^What brings you/,
  study: /^How long will you stay/,
  long: /^A long-term study visa/,
  short: /^A short-term study visa/,
};
/** Where a text leads from a place, and what is said. */
function follows(place, text) {
  const to = {
    root: {study: 'study', back: 'root'},
    study: {'more than 6 months': 'long', 'up to 6 months': 'short', back: 'root'},
    long: {back: 'study'},
    short: {back: 'study'},
  }[place][text];
  if (to) return {place: to, says: ASKS[to]};
  return {place, says: place === 'long' || place === 'short' ? /^That was the end/ : /^Sorry/};
}

for (const level of [0, 1]) {
  describe(`level ${level}`, () => {
    const state = temporary();
    let graph;
    let treebot;
    before(async () => {
      graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
      treebot = await start();
    });
    after(async () => {
      await treebot?.stop();
      await graph?.close();
    });
    // Whatever happened: nothing went out that Meta would refuse.
    afterEach(() => {
      assert.deepEqual(graph.rejected, []);
      graph.clear();
    });
    const start = (more = {}) =>
      startTreebot({
        settings: {...SETTINGS, GRAPH_API_BASE: graph.base},
        state,
        build: fixtureWorkerFolder,
        level,
        ...more,
      });
    const someone = () => new Someone(treebot, graph);

    test('a conversation goes on, by typing and by tapping, and after a restart', async () => {
      const person = someone();
      const [root] = await person.types('hello');
      const [study] = await person.types('STUDY');
      assert.equal(words(study), 'How long will you stay?');
      const seen = person.last;
      await treebot.stop();
      treebot = await start();
      person.treebot = treebot;
      graph.clear();
      assert.equal((await treebot.post(seen)).status, 200);
      assert.deepEqual(graph.calls, [], 'what was answered before the restart is not answered again');
      assert.deepEqual(say(await person.types('up to 6 months')), ['A short-term study visa fits.']);
      assert.deepEqual(say(await person.taps(study, 'more than 6 months')), ['A long-term study visa fits.']);
      assert.deepEqual(say(await person.taps(root, 'travel')), ['A visitor visa fits.']);
    });

    test('what is posted at once is answered once, and each after the other', async () => {
      const person = someone();
      await person.types('hello');
      graph.clear();
      const now = Date.now() + 10;
      const texts = ['study', 'more than 6 months', 'back', 'up to 6 months'];
      const items = texts.map((text, at) => person.item({message: {mid: `m_${person.id}_${at}`, text}}, now + at));
      const posts = [...items, ...items].map((item) => treebot.post(body([item])));
      const statuses = await Promise.all(posts.map(async (post) => (await post).status));
      assert.deepEqual(new Set(statuses), new Set([200]));
      // The replies tell in which order they were answered: each must follow from all before it, and from nothing else.
      const answered = graph.sent.map((sent) => ({
        at: items.findIndex(({message}) => sent.message.metadata.startsWith(`reply-to:${idOf(message.mid)}:`)),
        said: words(sent),
      }));
      assert.deepEqual(answered.map(({at}) => at).sort(), [0, 1, 2, 3], 'each once');
      const events = [{at: -1, place: 'root'}];
      for (const {at, said} of answered) {
        const newest = (those) => those.reduce((one, other) => (other.at > one.at ? other : one));
        const {place, says} = follows(newest(events.filter((event) => event.at < at)).place, texts[at]);
        const last = newest(events);
        const expected = last.at > at ? ASKS[last.place] : says;
        assert.match(said, expected, `${texts[at]}, after ${JSON.stringify(events)}`);
        events.push({at, place});
      }
    });

    test('twenty people at once get their own answers', async () => {
      const people = Array.from({length: 20}, someone);
      const items = people.map((person, at) =>
        person.item({message: {mid: `m_${person.id}`, text: at % 2 ? 'hello' : 'hi'}}),
      );
      // Without objects that is more than one request can do; Meta delivers the rest again.
      let deliveries = 1;
      while ((await treebot.post(body(items))).status === 503) assert.ok(++deliveries < 10);
      assert.ok(level === 0 || deliveries === 1);
      assert.equal(graph.sent.length, 20);
      assert.deepEqual(new Set(graph.sent.map(({recipient}) => recipient.id)), new Set(people.map(({id}) => id)));
    });

    test('while a human answers the bot is quiet, and then it asks again, once', async () => {
      const person = someone();
      await person.types('hello');
      await person.types('study');
      const human = {
        ...person.item({message: {mid: `e_${person.id}`, is_echo: true, app_id: 263902037430900, text: 'Hi'}}),
      };
      [human.sender, human.recipient] = [human.recipient, human.sender];
      assert.equal((await treebot.post(body([human]))).status, 200);
      assert.deepEqual(await person.types('more than 6 months'), []);
      assert.equal(person.response.status, 200);
      const passed = {pass_thread_control: {previous_owner_app_id: '7', new_owner_app_id: FIXTURES.app_id}};
      assert.match(say(await person.does(passed)).join(), /^I am a bot.*\n\nHow long will you stay\?$/);
      const again = person.last;
      graph.clear();
      assert.equal((await treebot.post(again)).status, 200);
      assert.deepEqual(graph.calls, []);
      assert.deepEqual(say(await person.types('up to 6 months')), ['A short-term study visa fits.']);
    });

    test('a passing error is tried again, and what went out is not sent twice', async () => {
      const person = someone();
      await person.types('hello');
      graph.clear();
      graph.script = [graphAnswer('13_internal_1200'), {hangUp: true}];
      assert.deepEqual(await person.types('study'), []);
      assert.equal(person.response.status, 503);
      assert.equal((await treebot.post(person.last)).status, 200);
      assert.deepEqual(say(graph.sent), ['How long will you stay?']);
    });

    test('delete my data deletes everything, and what is delivered late stays deleted', async () => {
      const person = someone();
      await person.types('hello');
      const early = person.last;
      await person.types('study');
      const [question] = await person.types('delete my data');
      assert.match(words(question), /delete/i);
      const [done] = await person.types('yes');
      assert.match(words(done), /deleted/i);
      const yes = person.last;
      graph.clear();
      const late = body([person.item({message: {mid: 'm_late', text: 'my late secret'}}, Date.now() - 60_000)]);
      for (const text of [early, yes, late]) assert.equal((await treebot.post(text)).status, 200);
      assert.deepEqual(graph.calls, []);
      const [fresh] = await person.types('good day');
      assert.match(words(fresh), /What brings you/, 'nothing is known any more');
    });
  });
}

test('a conversation goes on when the binding is added, and when it is taken away again', async () => {
  const graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
  const state = temporary();
  const person = new Someone(undefined, graph);
  const steps = [
    [0, 'hello', /What brings/],
    [1, 'study', /How long/],
    [0, 'up to 6 months', /short-term/],
  ];
  try {
    for (const [level, text, expected] of steps) {
      const settings = {...SETTINGS, GRAPH_API_BASE: graph.base};
      person.treebot = await startTreebot({settings, state, build: fixtureWorkerFolder, level});
      try {
        const sent = await person.types(text);
        assert.match(words(sent.at(-1)), expected);
      } finally {
        await person.treebot.stop();
      }
    }
  } finally {
    await graph.close();
  }
});

test(`at level 1 too no log line holds a text, an id or a token`, async () => {
  const graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
  const settings = {...SETTINGS, GRAPH_API_BASE: graph.base};
  const treebot = await startTreebot({settings, state: temporary(), build: fixtureWorkerFolder, level: 1});
  try {
    const person = new Someone(treebot, graph);
    const secret = 'my-secret-sentence-about-health';
    const [root] = await person.types(secret);
    await person.taps(root, 'study');
    graph.script = [graphAnswer('40_window_10_2018278')];
    await person.types(secret);
    await person.types('delete my data');
    await person.types('yes');
    await treebot.cron();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok(treebot.logs.length > 5, 'there are log lines');
    for (const line of treebot.logs) {
      for (const bad of [secret, person.id, PAGE, FIXTURES.app_secret, FIXTURES.page_access_token, 'study']) {
        assert.ok(!line.includes(bad), line);
      }
      JSON.parse(line);
    }
  } finally {
    await treebot.stop();
    await graph.close();
  }
});
