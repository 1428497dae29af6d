// People on Messenger, from the first word to the end, on the real runtime.

import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, test} from 'node:test';
import {fixtureWorkerFolder} from '../../scripts/lib/made.mjs';
import {offered, presses, startGraph, words} from './graph.mjs';
import {body, FIXTURES, fixtureJson, PAGE, SETTINGS, Someone, startTreebot, temporary} from './support.mjs';

/** Without an object for each person, and with one. */
for (const level of [0, 1]) {
  describe(`at level ${level}`, () => {
    const state = temporary();
    let graph;
    let treebot;
    let settings;
    before(async () => {
      graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
      settings = {...SETTINGS, GRAPH_API_BASE: graph.base};
      treebot = await start();
    });
    after(async () => {
      await treebot?.stop();
      await graph?.close();
    });
    beforeEach(() => graph.clear());
    // Whatever happened: nothing went out that Meta would refuse.
    afterEach(() => assert.deepEqual(graph.rejected, []));

    const start = () => startTreebot({settings, state, build: fixtureWorkerFolder, level});
    const someone = () => new Someone(treebot, graph);
    const say = (sent) => sent.map(words);
    const graphAnswer = (name) => fixtureJson(`graph_${name}.json`);

    test('by typing, to an end', async () => {
      const person = someone();
      const [root] = await person.types('hello');
      assert.match(words(root), /^What brings you to the UK\?\n\n1\. travel\n2\. study\n/);
      assert.equal(offered(root).size, 7);
      assert.deepEqual(say(await person.types('STUDY')), ['How long will you stay?']);
      const [end] = await person.types('More than 6 months!');
      assert.equal(words(end), 'A long-term study visa fits.');
      assert.deepEqual(
        presses(end).map(({title}) => title),
        ['Start again'],
      );
      assert.deepEqual(say(await person.taps(end, 'Start again')), [words(root)]);
    });

    test('by tapping, to an end', async () => {
      const person = someone();
      const [root] = await person.types('hi');
      const [question] = await person.taps(root, 'business/work');
      assert.equal(question.message.attachment.payload.template_type, 'button');
      const [which] = await person.taps(question, 'more than 6 months');
      assert.match(words(which), /^Which describes you\?/);
      const [end] = await person.taps(which, '3');
      assert.equal(words(end), 'A talent visa fits.');
    });

    test('a number is that of the list that was shown', async () => {
      const person = someone();
      await person.types('hello');
      assert.deepEqual(say(await person.types('2')), ['How long will you stay?']);
    });

    test('an old button gives the answer that it gave when it was sent', async () => {
      const person = someone();
      const [root] = await person.types('hello');
      const [study] = await person.taps(root, 'study');
      await person.taps(study, 'more than 6 months');
      await person.taps(root, 'business/work');
      assert.deepEqual(say(await person.taps(study, 'up to 6 months')), ['A short-term study visa fits.']);
      assert.deepEqual(say(await person.taps(study, 'more than 6 months')), ['A long-term study visa fits.']);
      assert.deepEqual(say(await person.taps(root, 'travel')), ['A visitor visa fits.']);
    });

    test('a button works also where nothing is known about the person', async () => {
      const [root] = await someone().types('hello');
      const stranger = someone();
      assert.deepEqual(say(await stranger.taps(root, 'travel')), ['A visitor visa fits.']);
    });

    test('a message that is delivered again is not answered again', async () => {
      const person = someone();
      await person.types('hello');
      await person.types('study');
      const again = JSON.parse(person.last);
      again.entry[0].time += 600_000;
      graph.clear();
      for (const delivery of [person.last, JSON.stringify(again)]) {
        assert.equal((await treebot.post(delivery)).status, 200);
      }
      assert.equal(graph.calls.length, 0);
      assert.deepEqual(say(await person.types('up to 6 months')), ['A short-term study visa fits.']);
    });

    test('nor is one that is delivered twice at the same moment', async () => {
      const person = someone();
      await person.types('hello');
      graph.clear();
      const item = person.item({message: {mid: 'm_twice', text: 'study'}});
      const deliveries = [body([item]), body([item, item]), body([item]), body([item])];
      const statuses = await Promise.all(deliveries.map(async (text) => (await treebot.post(text)).status));
      assert.deepEqual(statuses, [200, 200, 200, 200]);
      assert.deepEqual(say(graph.sent), ['How long will you stay?']);
    });

    test('a finger that comes down twice is one tap', async () => {
      const person = someone();
      const [root] = await person.types('hello');
      const [study] = await person.taps(root, 'study');
      assert.deepEqual(say(await person.taps(study, 'up to 6 months')), ['A short-term study visa fits.']);
      assert.deepEqual(say(await person.taps(study, 'up to 6 months')), []);
      assert.equal(person.response.status, 200);
    });

    test('two messages at once are answered one after the other', async () => {
      const person = someone();
      await person.types('hello');
      graph.clear();
      const now = Date.now();
      const items = [
        person.item({message: {mid: 'm_b', text: 'up to 6 months'}}, now + 1000),
        person.item({message: {mid: 'm_a', text: 'study'}}, now),
      ];
      assert.equal((await treebot.post(body(items))).status, 200);
      assert.deepEqual(say(graph.sent), ['How long will you stay?', 'A short-term study visa fits.']);
    });

    test('after a restart of the Worker everybody goes on where they were', async () => {
      const person = someone();
      const [root] = await person.types('hello');
      await person.types('study');
      const seen = person.last;
      await treebot.stop();
      treebot = await start();
      person.treebot = treebot;
      graph.clear();
      assert.equal((await treebot.post(seen)).status, 200);
      assert.equal(graph.calls.length, 0, 'what was answered before the restart is not answered again');
      assert.deepEqual(say(await person.types('up to 6 months')), ['A short-term study visa fits.']);
      assert.deepEqual(say(await person.taps(root, 'travel')), ['A visitor visa fits.']);
    });

    test('a passing error of Graph is tried again, and then left to Meta to deliver again', async () => {
      const person = someone();
      await person.types('hello');
      graph.clear();
      graph.script = [graphAnswer('10_transient_2')];
      assert.deepEqual(say(await person.types('study')), ['How long will you stay?']);
      assert.equal(graph.calls.length, 2);

      graph.clear();
      graph.script = [graphAnswer('13_internal_1200'), {hangUp: true}];
      assert.deepEqual(say(await person.types('up to 6 months')), []);
      assert.equal(person.response.status, 503);
      assert.equal((await treebot.post(person.last)).status, 200);
      assert.deepEqual(say(graph.sent), ['A short-term study visa fits.']);
    });

    test('a Graph that does not answer costs two seconds, and Meta delivers again', async () => {
      const person = someone();
      graph.script = [{delay: 6000}, {delay: 6000}];
      const begun = Date.now();
      assert.deepEqual(await person.types('hello'), []);
      assert.equal(person.response.status, 503);
      assert.ok(
        Date.now() - begun < 5000,
        `answered within the five seconds that Meta waits, not ${Date.now() - begun} ms`,
      );
      graph.clear();
      assert.equal((await treebot.post(person.last)).status, 200);
      assert.equal(graph.sent.length, 1);
    });

    test('what fails for ten minutes is given up', async () => {
      const person = someone();
      await person.types('hello', {at: Date.now() - 20 * 60_000});
      graph.clear();
      graph.script = [graphAnswer('11_unknown_1'), graphAnswer('11_unknown_1')];
      await person.types('study', {at: Date.now() - 11 * 60_000});
      assert.equal(person.response.status, 200);
      graph.clear();
      assert.equal((await treebot.post(person.last)).status, 200);
      assert.equal(graph.calls.length, 0);
      assert.match(say(await person.types('study'))[0], /How long/, 'the place is where the last answer was seen');
    });

    test('what fails for good is not tried again, and the others are answered', async () => {
      for (const name of [
        '40_window_10_2018278',
        '42_unavailable_551',
        '43_no_user_100_2018001',
        '44_not_owner_2018300',
      ]) {
        graph.clear();
        const [one, other] = [someone(), someone()];
        graph.script = [graphAnswer(name)];
        const items = [
          one.item({message: {mid: 'm_1', text: 'hello'}}),
          other.item({message: {mid: 'm_2', text: 'hello'}}),
        ];
        const text = body(items);
        assert.equal((await treebot.post(text)).status, 200, name);
        assert.equal(graph.sent.length, 1, name);
        assert.equal((await treebot.post(text)).status, 200);
        assert.equal(graph.calls.length, 2, name);
      }
    });

    test('what Meta refuses goes out once more in plain words', async () => {
      const person = someone();
      await person.types('hello');
      graph.clear();
      graph.script = [graphAnswer('50_too_long_100')];
      const [plain] = await person.types('study');
      assert.deepEqual(plain.message.text, 'How long will you stay?\n\n1. up to 6 months\n2. more than 6 months');
      assert.deepEqual(say(await person.types('1')), ['A short-term study visa fits.']);
    });

    test('when Meta wants fewer calls, nothing is sent for a while', async () => {
      // By itself, as it shuts the page for everybody.
      const quiet = await startTreebot({settings, state: temporary(), build: fixtureWorkerFolder, level});
      try {
        const [one, other] = [new Someone(quiet, graph), new Someone(quiet, graph)];
        graph.script = [{...graphAnswer('22_rate_429_no_json'), headers: {'Retry-After': '2'}}];
        await one.types('hello');
        assert.equal(one.response.status, 503);
        await other.types('hello');
        assert.equal(other.response.status, 503);
        assert.equal(graph.calls.length, 1);
        await new Promise((resolve) => setTimeout(resolve, 2100));
        assert.equal((await quiet.post(one.last)).status, 200);
        assert.equal((await quiet.post(other.last)).status, 200);
        assert.equal(graph.sent.length, 2);
      } finally {
        await quiet.stop();
      }
    });

    test('health is red when the token is refused', async () => {
      const broken = await startTreebot({settings, state: temporary(), build: fixtureWorkerFolder, level});
      try {
        graph.script = [graphAnswer('30_token_190')];
        const person = new Someone(broken, graph);
        await person.types('hello');
        assert.equal(person.response.status, 200);
        const health = await broken.fetch('/health');
        assert.deepEqual([health.status, (await health.json()).last_send_error], [503, 'auth']);
      } finally {
        await broken.stop();
      }
    });

    test('delete my data asks, and then deletes', async () => {
      const person = someone();
      await person.types('hello');
      await person.types('study');
      const [question] = await person.types('delete my data');
      assert.match(words(question), /delete/i);
      const [done] = await person.types('yes');
      assert.match(words(done), /deleted/i);
      const seen = person.last;
      graph.clear();
      assert.equal((await treebot.post(seen)).status, 200);
      assert.equal(graph.calls.length, 0, 'the answered "yes" is not answered again');
      const [fresh] = await person.types('up to 6 months');
      assert.match(words(fresh), /What brings you/, 'nothing is known any more');
    });

    test('yes and no to that can be pressed, and an old press does what it says', async () => {
      const person = someone();
      await person.types('hello');
      await person.types('study');
      const [asked] = await person.types('delete my data');
      const replies = asked.message.quick_replies.map(({title, payload}) => [title, payload]);
      assert.deepEqual(replies, [
        ['Yes', 'treebot:forget:yes'],
        ['No', 'treebot:forget:no'],
      ]);
      const [kept] = await person.taps(asked, 'No');
      assert.match(words(kept), /^Nothing was deleted\.\n\nHow long will you stay/);
      await person.types('delete my data');
      const [done] = await person.taps(asked, 'Yes');
      assert.match(words(done), /is deleted/);
      const yes = person.last;
      graph.clear();
      assert.equal((await treebot.post(yes)).status, 200);
      assert.equal(graph.calls.length, 0, 'a press that is delivered again is not answered again');
      const [fresh] = await person.taps(asked, 'No');
      assert.match(
        words(fresh),
        /^What brings you/,
        'nothing is known any more, and nobody says that nothing was deleted',
      );
      const [again] = await person.taps(asked, 'Yes');
      assert.match(words(again), /is deleted/);
    });

    test('a page that is not served gets no answer', async () => {
      const person = someone();
      const item = person.item({message: {mid: 'm_other', text: 'hello'}});
      assert.equal((await treebot.post(body([item], {page: '104512345678902'}))).status, 200);
      assert.equal(graph.calls.length, 0);
    });

    test('each message says what it answers, and goes to the right page with the right token', async () => {
      const person = someone();
      await person.types('hello');
      const [call] = graph.calls;
      assert.equal(call.path, `/v25.0/${PAGE}/messages`);
      assert.equal(call.authorization, `Bearer ${FIXTURES.page_access_token}`);
      assert.deepEqual(call.query, {appsecret_proof: FIXTURES.appsecret_proof});
      assert.match(call.body.message.metadata, /^reply-to:[0-9a-f]{24}:0$/);
    });

    test('no log line holds a text, an id or a token', async () => {
      const person = someone();
      const secret = 'my-secret-sentence-about-health';
      const [root] = await person.types(secret);
      await person.taps(root, 'study');
      graph.script = [graphAnswer('10_transient_2'), graphAnswer('10_transient_2')];
      await person.types(secret);
      await treebot.post(person.last, {signature: null});
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.ok(treebot.logs.length > 5, 'there are log lines');
      for (const line of treebot.logs) {
        for (const bad of [
          secret,
          person.id,
          PAGE,
          FIXTURES.app_secret,
          FIXTURES.page_access_token,
          FIXTURES.appsecret_proof,
          'study',
        ]) {
          assert.ok(!line.includes(bad), line);
        }
        JSON.parse(line);
      }
    });
  });
}
