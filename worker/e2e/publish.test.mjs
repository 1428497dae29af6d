// Trees that are published while people talk to the Worker.

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, beforeEach, describe, test} from 'node:test';
import {fixtureWorkerFolder} from '../../scripts/lib/made.mjs';
import {at, node, npmTool} from '../../scripts/lib/tools.mjs';
import {folderWithTree, TOKEN, terminal, treebot} from './cli.mjs';
import {startGraph, words} from './graph.mjs';
import {configFile, FIXTURES, SETTINGS, Someone, startTreebot, temporary} from './support.mjs';

const SOURCE = readFileSync(at('messenger/tests/fixtures/tree.yaml'), 'utf8');
/** Other words, and an answer under another name. */
const EDITED = SOURCE.replace('title: Visit planner', 'title: Edited planner')
  .replace('  study:\n    say: How long will you stay?', '  learn:\n    was: [study]\n    say: For how long, now?')
  .replace('A short-term study visa fits.', 'A short-term student visa fits.');
const BROKEN = SOURCE.replace('answers:', 'answer:');

/** Without an object for each person, and with one. */
for (const level of [0, 1]) {
  describe(`at level ${level}`, () => {
    const state = temporary();
    let graph;
    let worker;
    let settings;
    const start = (more = {}) =>
      startTreebot({settings: {...settings, ...more}, state, build: fixtureWorkerFolder, level});
    before(async () => {
      graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
      settings = {...SETTINGS, GRAPH_API_BASE: graph.base, PUBLISH_TOKEN: TOKEN};
      worker = await start();
    });
    after(async () => {
      await worker?.stop();
      await graph?.close();
    });
    beforeEach(async () => {
      graph.clear();
      await api('DELETE');
    });

    const url = () => worker.base;
    const api = (method, {token = TOKEN, body, where = '/api/tree', ...headers} = {}) =>
      worker.fetch(where, {method, body, headers: {...(token && {Authorization: `Bearer ${token}`}), ...headers}});
    const health = async () => (await (await worker.fetch('/health')).json()).tree;
    const publish = (source, ...args) => {
      const folder = folderWithTree({'uk-visa.yaml': source});
      return treebot(['publish', 'uk-visa.yaml', '--to', url(), ...args], {folder});
    };
    /** What is about the store and `/api/tree` alone, of which no object knows: at one level is enough. */
    const once = level === 0 ? test : () => {};
    const say = (sent) => sent.map(words);

    test('a tree is published, people go on where they are, and it is taken back', async () => {
      const person = new Someone(worker, graph);
      const [root] = await person.types('hello');
      await person.types('study');
      const {revision: built} = await health();

      const published = await publish(EDITED, '--yes');
      assert.equal(published.stderr, '');
      assert.match(published.stdout, /kept by a former name: 3 places\n/);
      assert.match(published.stdout, /\n`uk-visa` is now served from revision \w{8} \(before: \w{8}\)/);
      assert.equal(published.status, 0);
      const {title, from, revision, problem} = await health();
      assert.deepEqual([title, from, problem], ['Edited planner (test tree)', 'published', null]);
      assert.notEqual(revision, built);

      assert.deepEqual(say(await person.types('up to 6 months')), ['A short-term student visa fits.']);
      assert.deepEqual(say(await person.taps(root, 'study')), ['For how long, now?'], 'an old button still works');

      const again = await publish(EDITED, '--yes');
      assert.match(again.stdout, /^`uk-visa` is served from just this source already/);

      const back = await treebot(['publish', '--undo', '--yes', '--to', url()]);
      assert.equal(back.status, 0, back.stderr);
      assert.deepEqual([(await health()).from, (await health()).revision], ['built in', built]);
      // The tree from before knows no `learn`, so they are told, and asked again.
      assert.match(
        say(await person.types('up to 6 months'))[0],
        /^This conversation has been updated since.*brings you/s,
      );
      assert.deepEqual(say(await person.taps(root, 'study')), ['How long will you stay?']);
      const nothing = await treebot(['publish', '--undo', '--yes', '--to', url()]);
      assert.deepEqual([nothing.status, nothing.stdout.startsWith('nothing is published there')], [0, true]);
    });

    test('what it does to people is shown, and nothing is done unasked', async () => {
      const gone = EDITED.replace('was: [study]', 'was: []');
      for (const args of [[], ['--fail-on', 'asked-again', '--yes']]) {
        const run = await publish(gone, ...args);
        assert.match(run.stdout, /asked again: \d+ places\n/);
        assert.match(run.stdout, /not published/);
        assert.deepEqual([run.status, run.stderr, (await health()).from], [1, '', 'built in']);
      }
    });

    test('in a terminal it is asked, and only a yes publishes', async () => {
      const folder = folderWithTree({'uk-visa.yaml': EDITED});
      const ask = (answer) =>
        terminal(['publish', 'uk-visa.yaml', '--to', url()], {says: [[/\[y\/N\]/, answer]], folder});
      for (const answer of ['n\n', '\n', 'yes please\n']) {
        const {status, shown} = await ask(answer);
        assert.match(shown, /Publish this as `uk-visa` at http\S+\? \[y\/N\]/);
        assert.match(shown, /not published/);
        assert.deepEqual([status, (await health()).from], [1, 'built in']);
      }
      const {status, shown} = await ask('Y\n');
      assert.match(shown, /`uk-visa` is now served from revision/);
      assert.deepEqual([status, (await health()).from], [0, 'published']);
    });

    once('another isolate serves a published tree within a minute', async () => {
      const other = await start();
      try {
        const of = async () => (await (await other.fetch('/health')).json()).tree.from;
        assert.equal(await of(), 'built in');
        const begun = Date.now();
        assert.equal((await publish(EDITED, '--yes')).status, 0);
        while ((await of()) !== 'published') {
          assert.ok(Date.now() - begun < 60_000, 'a minute has passed');
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
        // It has kept the one before for a while, so this was no fresh look at each request.
        assert.ok(Date.now() - begun > 5_000);
      } finally {
        await other.stop();
      }
    });

    test('a tree with errors or failing tests, or another tree, is not published', async () => {
      const wrong = await publish(BROKEN, '--yes');
      assert.match(wrong.stdout, /error\[T010\].*did you mean `answers`\?/);
      assert.match(wrong.stdout, /not published: 1 error\n$/);
      assert.equal(wrong.status, 1);
      const failing = await publish(`${SOURCE}tests: {greets: [{says: Good morning}]}\n`, '--yes');
      assert.deepEqual([failing.status, /not published: /.test(failing.stdout)], [1, true], failing.stdout);

      const folder = folderWithTree({'other.yaml': EDITED});
      const other = await treebot(['publish', 'other.yaml', '--yes', '--to', url()], {folder});
      assert.match(
        other.stderr,
        /serves the tree `uk-visa`, and this one is called `other`; with --as uk-visa it takes its place/,
      );
      assert.equal(other.status, 2);
      assert.equal((await health()).from, 'built in');
      const as = await treebot(['publish', 'other.yaml', '--yes', '--as', 'uk-visa', '--to', url()], {folder});
      assert.equal(as.status, 0, as.stderr);
      assert.equal((await health()).from, 'published');
    });

    test('without the token nobody sees or changes anything', async () => {
      const bundle = await bundleOf(EDITED);
      for (const method of ['GET', 'PUT', 'DELETE']) {
        for (const token of [null, '', 'wrong', TOKEN.slice(1), `${TOKEN}x`, TOKEN.toUpperCase()]) {
          const response = await api(method, {token, body: method === 'PUT' ? bundle : undefined});
          assert.equal(response.status, 401, `${method} ${token}`);
          assert.ok(!(await response.text()).includes(TOKEN));
        }
      }
      assert.equal((await api('GET', {token: 'wrong', where: '/api/tree/built'})).status, 401);
      assert.equal((await health()).from, 'built in');
      const run = await treebot(['publish', 'uk-visa.yaml', '--to', url()], {
        folder: folderWithTree(),
        settings: {PUBLISH_TOKEN: 'some-other-token-here'},
      });
      assert.match(run.stderr, /PUBLISH_TOKEN from the environment is not the Worker's/);
      assert.ok(!run.stderr.includes('some-other-token-here'));
      assert.equal(run.status, 2);
      assert.ok(!worker.logs.join('\n').includes(TOKEN));
    });

    once('what is no tree is refused, however it is sent', async () => {
      const bundle = await bundleOf(EDITED);
      const bytes = (text) => Buffer.from(text, 'latin1');
      const damaged = Buffer.from(bundle);
      damaged[200] ^= 1;
      const other = await bundleOf(`${SOURCE}# once more\n`);
      for (const [what, body, status, why] of [
        ['nothing', Buffer.alloc(0), 422, /not a bundle/],
        ['a source', bytes(EDITED), 422, /not a bundle/],
        ['a damaged bundle', damaged, 422, /damaged/],
        ['a part of one', bundle.subarray(0, 500), 422, /damaged/],
        ['one of a newer version', bytes('treebot bundle 2\n'), 422, /newer version/],
        ['more than is allowed', Buffer.alloc((3 << 20) + 1), 413, /3 MiB/],
      ]) {
        const response = await api('PUT', {body});
        assert.equal(response.status, status, what);
        assert.match((await response.json()).error, why, what);
      }
      const stream = new Blob([Buffer.alloc((3 << 20) + 1)]).stream();
      const unannounced = await worker.fetch('/api/tree', {
        method: 'PUT',
        body: stream,
        duplex: 'half',
        headers: {Authorization: `Bearer ${TOKEN}`},
      });
      assert.equal(unannounced.status, 413);
      assert.equal((await health()).from, 'built in');
      // Somebody else has published meanwhile.
      assert.equal((await api('PUT', {body: other, 'If-Match': '"another"'})).status, 412);
      assert.equal((await api('PUT', {body: bundle})).status, 200);
      for (const [method, where, allowed] of [
        ['POST', '/api/tree', 'GET, PUT, DELETE'],
        ['PUT', '/api/tree/built', 'GET'],
      ]) {
        const response = await api(method, {where, body: 'x'});
        assert.deepEqual([response.status, response.headers.get('allow')], [405, allowed]);
      }
    });

    test('what is published outlives the Worker', async () => {
      assert.equal((await publish(EDITED, '--yes')).status, 0);
      const person = new Someone(worker, graph);
      await person.types('hello');
      await person.types('learn');
      await restart();
      assert.deepEqual([(await health()).title, (await health()).from], ['Edited planner (test tree)', 'published']);
      person.treebot = worker;
      assert.deepEqual(say(await person.types('up to 6 months')), ['A short-term student visa fits.']);
    });

    once('what is published and damaged does no harm', async () => {
      assert.equal((await publish(EDITED, '--yes')).status, 0);
      await restart(() => keep('t1:uk-visa', 'nonsense'));
      assert.deepEqual(
        [(await health()).title, (await health()).from, (await health()).problem],
        ['Edited planner (test tree)', 'published', 'what was published is damaged'],
      );
      await restart(() => keep('t1c:uk-visa', 'nonsense'));
      const {title, from, problem} = await health();
      assert.deepEqual(
        [title, from, problem],
        ['Visit planner (test tree)', 'built in', 'what was published is damaged'],
      );
      assert.equal((await worker.fetch('/health')).status, 200, 'people are answered meanwhile');
      assert.equal((await publish(EDITED, '--yes')).status, 0, 'and another is published over it');
      assert.equal((await health()).problem, null);
    });

    once('a tree without its token is not served, and nothing can be published', async () => {
      assert.equal((await publish(EDITED, '--yes')).status, 0);
      await worker.stop();
      for (const token of ['', 'too-short']) {
        worker = await start({PUBLISH_TOKEN: token});
        assert.equal((await health()).from, 'built in');
        for (const method of ['GET', 'PUT', 'DELETE']) {
          const response = await api(method, {token, body: method === 'PUT' ? 'x' : undefined});
          assert.equal(response.status, 403);
          assert.match((await response.json()).error, /PUBLISH_TOKEN is not set, or has less than 16 characters/);
        }
        const run = await publish(EDITED, '--yes');
        assert.match(run.stderr, /publishing is off.*wrangler secret put PUBLISH_TOKEN/);
        await worker.stop();
      }
      worker = await start();
      assert.equal((await health()).from, 'published');
    });

    /** What the command would send. */
    async function bundleOf(source) {
      const before = await (await api('GET')).arrayBuffer();
      assert.equal((await publish(source, '--yes')).status, 0);
      const bundle = Buffer.from(await (await api('GET')).arrayBuffer());
      assert.ok(bundle.includes(source), 'the source comes back as it was sent');
      await api('DELETE');
      assert.deepEqual(await (await api('GET')).arrayBuffer(), before);
      return bundle;
    }

    /** Starts the Worker anew, with what `meanwhile` does while it is down. */
    async function restart(meanwhile = () => {}) {
      await worker.stop();
      meanwhile();
      worker = await start();
    }

    /** Puts something into the store, as an operator could by mistake. */
    function keep(key, text) {
      const file = path.join(temporary(), 'value');
      writeFileSync(file, text);
      const config = configFile({settings, build: fixtureWorkerFolder, level});
      const args = ['kv', 'key', 'put', key, '--path', file, '--binding', 'STATE', '--local', '--persist-to', state];
      execFileSync(node(), [npmTool('wrangler'), ...args, '--config', config], {stdio: 'pipe'});
    }
  });
}
