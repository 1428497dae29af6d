// Every webhook body of the fixtures, byte for byte, and what it leads to.

import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {fixtureWorkerFolder} from '../../scripts/lib/made.mjs';
import {offered, startGraph, words} from './graph.mjs';
import {body, FIXTURES, fixture, fixtureJson, SETTINGS, Someone, sign, startTreebot, temporary} from './support.mjs';

const {webhook} = fixtureJson('manifest.json');
/** The payload of the Get Started button: `messenger/src/incoming.rs`. */
const GET_STARTED = 'treebot:start';

/** What is said last in reply to a body, where it matters. */
const SAYS = {
  '02_text_answer_substring.json': /^How long will you stay\?$/,
  '04_quick_reply_tap.json': /^A visitor visa fits\.$/,
  '05_postback_button_current.json': /^A long-term study visa fits\.$/,
  '06_postback_button_old.json': /^A short-term study visa fits\.$/,
  '07_postback_stale_store.json': /^A short-term study visa fits\.$/,
  '11_get_started.json': /^What brings you to the UK\?/,
  '12_get_started_with_ref.json': /^What brings you to the UK\?/,
  '23_batch_many_messaging_out_of_order.json': /^A long-term study visa fits\.$/,
  '24_duplicate_in_one_request.json': /^How long will you stay\?$/,
};

/** Without an object for each person, and with one. */
for (const level of [0, 1]) {
  describe(`at level ${level}`, () => {
    let graph;
    let treebot;
    /** What the bot itself has put on each button: "root>study>up to 6 months" → payload. */
    const payloads = new Map([['start', GET_STARTED]]);

    before(async () => {
      graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
      const settings = {...SETTINGS, GRAPH_API_BASE: graph.base};
      treebot = await startTreebot({settings, state: temporary(), build: fixtureWorkerFolder, level});
      const scout = new Someone(treebot, graph);
      const [root] = await scout.types('hello');
      for (const [label, payload] of offered(root)) payloads.set(`root>${label}`, payload);
      const [study] = await scout.taps(root, 'study');
      for (const [label, payload] of offered(study)) payloads.set(`root>study>${label}`, payload);
    });
    after(async () => {
      await treebot?.stop();
      await graph?.close();
    });

    const filled = (file) =>
      fixture(file)
        .toString()
        .replaceAll(/@@PAYLOAD:(.*?)@@/g, (_, name) => payloads.get(name) ?? assert.fail(`no button for ${name}`));

    for (const {file, title, http, replies} of webhook) {
      test(`${file}: ${title}`, async () => {
        const text = filled(file);
        const statuses = String(http).split('|');
        graph.clear();
        assert.equal((await treebot.post(text, {signature: null})).status, 403, 'unsigned');
        assert.equal(graph.calls.length, 0, 'unsigned, it reaches nothing');

        const as = text === fixture(file).toString() ? FIXTURES.signatures[file] : sign(text);
        const response = await treebot.post(text, {signature: as});
        assert.ok(statuses.includes(String(response.status)), `${response.status}`);
        const [least, most = least] = String(replies).split('..').map(Number);
        const said = graph.sent.map(words);
        assert.ok(said.length >= least && said.length <= most, `${said.length} replies: ${said.join(' | ')}`);
        if (SAYS[file]) assert.match(said.at(-1), SAYS[file]);
        assert.deepEqual(graph.rejected, []);

        graph.clear();
        assert.ok(statuses.includes(String((await treebot.post(text)).status)));
        assert.equal(graph.calls.length, 0, 'delivered again, it leads to nothing');
      });
    }

    test('something that is not understood repeats the question, and says nothing that was not asked', async () => {
      const person = new Someone(treebot, graph);
      await person.types('hello');
      for (const what of [
        {attachments: [{type: 'image', payload: {url: 'https://example.org/x.jpg'}}]},
        {text: ' \u200b '},
      ]) {
        const [reply] = await person.does({message: {mid: `m_${Math.random()}`, ...what}});
        assert.match(words(reply), /What brings you to the UK\?/);
      }
      assert.match(words((await person.types('study'))[0]), /How long/);
    });

    test('one bad item does not hide a good one', async () => {
      const person = new Someone(treebot, graph);
      graph.clear();
      const good = person.item({message: {mid: 'm_good', text: 'hello'}});
      assert.equal((await treebot.post(body([null, 7, {message: 'x'}, good, {sender: {}}]))).status, 200);
      assert.equal(graph.sent.length, 1);
    });

    test('nor does one that no parser takes hide what stands beside it', async () => {
      const deep = '['.repeat(5000) + ']'.repeat(5000);
      for (const bad of ['{"value":1e400}', `{"value":${deep}}`, deep, '{"value":"\\ud83d"}', '{"value":NaN}']) {
        const [one, other] = [new Someone(treebot, graph), new Someone(treebot, graph)];
        graph.clear();
        const good = [one, other].map((person) => person.item({message: {mid: `m_${person.id}`, text: 'hello'}}));
        assert.equal((await treebot.post(body(['BAD', ...good]).replace('"BAD"', () => bad))).status, 200);
        assert.deepEqual(
          graph.sent.map(({recipient}) => recipient.id).sort(),
          [one.id, other.id].sort(),
          bad.slice(0, 20),
        );
      }
    });
  });
}
