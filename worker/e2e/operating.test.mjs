// What an operator is told, and what happens without anybody's asking: gates, the self-check, deletion.

import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, beforeEach, describe, test} from 'node:test';
import {fixtureWorkerFolder} from '../../scripts/lib/made.mjs';
import {startGraph, words} from './graph.mjs';
import {FIXTURES, fixtureJson, SETTINGS, Someone, startTreebot, temporary} from './support.mjs';

/** Without an object for each person, and with one. */
for (const level of [0, 1]) {
  describe(`at level ${level}`, () => {
    let graph;
    before(async () => {
      graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
    });
    after(() => graph?.close());
    beforeEach(() => {
      graph.clear();
      graph.subscribed = undefined;
    });

    /** A Worker of its own, for as long as `use` takes. */
    async function serving(use, {state = temporary(), ...more} = {}) {
      const settings = {...SETTINGS, GRAPH_API_BASE: graph.base, ...more};
      const treebot = await startTreebot({settings, state, build: fixtureWorkerFolder, level});
      try {
        await use(treebot, () => new Someone(treebot, graph));
      } finally {
        await treebot.stop();
      }
    }

    const health = async (treebot) => {
      const response = await treebot.fetch('/health');
      return [response.status, (await response.json()).alerts];
    };

    test('a refused token stops everything, also after a restart, until the configuration changes', async () => {
      const state = temporary();
      await serving(
        async (treebot, someone) => {
          graph.script = [fixtureJson('graph_30_token_190.json')];
          const person = someone();
          await person.types('hello');
          assert.equal(person.response.status, 200);
          assert.match(treebot.logs.join('\n'), /"alert":"set PAGE_ACCESS_TOKEN/);
          await someone().types('hello');
          assert.equal(graph.calls.length, 1);
        },
        {state},
      );
      await serving(
        async (treebot, someone) => {
          await someone().types('hello');
          assert.equal(graph.calls.length, 1, 'another isolate knows as well');
          assert.deepEqual(await health(treebot), [503, ['nothing is sent: auth']]);
        },
        {state},
      );
      const token = 'another-token';
      const proof = createHmac('sha256', FIXTURES.app_secret).update(token).digest('hex');
      const anew = await startGraph({token, proof});
      try {
        await serving(
          async (treebot) => {
            assert.deepEqual(await health(treebot), [200, []]);
            assert.equal((await new Someone(treebot, anew).types('hello')).length, 1);
          },
          {state, PAGE_ACCESS_TOKEN: token, GRAPH_API_BASE: anew.base},
        );
      } finally {
        await anew.close();
      }
    });

    test('where no page is named a refused token is told, too, and all goes on once it is taken', async () => {
      const state = temporary();
      const settings = {state, PAGE_ID: ''};
      await serving(async (_treebot, someone) => {
        graph.script = [fixtureJson('graph_30_token_190.json')];
        await someone().types('hello');
        assert.equal(graph.calls.length, 1);
      }, settings);
      await serving(async (treebot, someone) => {
        assert.deepEqual(await health(treebot), [503, ['nothing is sent: auth']], 'another isolate knows as well');
        await someone().types('hello');
        assert.equal(graph.calls.length, 1);
        assert.equal((await treebot.cron()).status, 200);
        assert.equal(graph.reads.at(-1).path, '/v25.0/me/subscribed_apps');
        assert.deepEqual(await health(treebot), [200, []]);
      }, settings);
      await serving(async (_treebot, someone) => {
        assert.equal((await someone().types('hello')).length, 1);
      }, settings);
    });

    test('a page that does not tell us of everything any more is an alert, until it does', async () => {
      await serving(async (treebot) => {
        graph.subscribed = ['messages', 'standby'];
        assert.equal((await treebot.cron()).status, 200);
        const missing =
          'not subscribed to messaging_postbacks, messaging_referrals, message_echoes, messaging_handovers';
        assert.deepEqual(await health(treebot), [503, [missing]]);
        assert.match(treebot.logs.join('\n'), /"event":"self-check".*"alert":"subscribe the page again/);
        assert.equal(graph.reads.at(-1).path, `/v25.0/${FIXTURES.page_id}/subscribed_apps`);
      });
    });

    test('what was to be deleted is deleted again by the scheduled handler, and new words stay', async () => {
      const state = temporary();
      await serving(
        async (treebot, someone) => {
          const person = someone();
          for (const text of ['hello', 'study', 'delete my data', 'yes']) await person.types(text);
          const other = someone();
          await other.types('hello');
          assert.equal((await treebot.cron()).status, 200);
          assert.match(words((await person.types('good day')).at(-1)), /What brings you/);
          assert.equal((await treebot.cron()).status, 200);
          assert.equal(words((await person.types('study')).at(-1)), 'How long will you stay?', 'what is new stays');
          assert.equal(
            words((await other.types('study')).at(-1)),
            'How long will you stay?',
            'others are not concerned',
          );
          for (const line of treebot.logs) assert.ok(!line.includes(person.id), line);
        },
        {state},
      );
      const stored = readdirSync(state, {recursive: true, withFileTypes: true})
        .filter((entry) => entry.isFile() && /sqlite/.test(entry.name))
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1'));
      assert.ok(stored.length > 0);
      for (const id of ['7000000000000001', '7000000000000002']) {
        for (const file of stored) assert.ok(!file.includes(id), 'no id is stored in clear');
      }
    });

    test("Meta's data-deletion request is confirmed, and its page says what can be done", async () => {
      await serving(async (treebot) => {
        const post = (form) =>
          treebot.fetch('/webhook/data-deletion', {method: 'POST', body: new URLSearchParams(form)});
        const payload = Buffer.from(JSON.stringify({algorithm: 'HMAC-SHA256', user_id: '218471'})).toString(
          'base64url',
        );
        const signed = (secret) => `${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`;
        const response = await post({signed_request: signed(FIXTURES.app_secret)});
        assert.equal(response.status, 200);
        const {url, confirmation_code} = await response.json();
        assert.match(confirmation_code, /^[0-9a-f]{24}$/);
        const page = await treebot.fetch(new URL(url).pathname + new URL(url).search);
        const text = await page.text();
        assert.ok(text.includes(confirmation_code) && text.includes('delete my data'), text);
        assert.ok(!`${text}${url}`.includes('218471'));
        const unknown = await (await treebot.fetch('/webhook/data-deletion?code=0123456789abcdef01234567')).text();
        assert.ok(
          unknown.startsWith('This code is not one that the bot knows') && !unknown.includes('received'),
          unknown,
        );
        assert.equal((await post({signed_request: signed('other')})).status, 403);
        assert.equal((await post({})).status, 403);
        assert.equal((await post({signed_request: 'x'.repeat(20_000)})).status, 413);
        assert.equal((await treebot.fetch('/webhook/data-deletion', {method: 'PUT'})).status, 405);
        assert.equal((await treebot.fetch('/webhook/data-deletion')).status, 200);
        for (const line of treebot.logs) assert.ok(!line.includes('218471') && !line.includes(payload), line);
      });
    });

    test('before several messages it is shown that something is written, and its failure is nobody’s concern', async () => {
      await serving(async (_, someone) => {
        const sent = await someone().types('study');
        assert.equal(sent.length, 2, 'a greeting, and the question after the answer');
        assert.deepEqual(
          graph.hints.map(({body}) => body.sender_action),
          ['typing_on'],
        );
      });
    });
  });
}
