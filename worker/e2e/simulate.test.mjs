// `treebot simulate`: people on Messenger without Facebook, in front of the Worker on workerd.

import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {after, before, describe, test} from 'node:test';
import {fixtureWorkerFolder} from '../../scripts/lib/made.mjs';
import {OPERATOR, TOKEN, terminal, treebot} from './cli.mjs';
import {SETTINGS, startTreebot, temporary} from './support.mjs';

/** Without an object for each person, and with one. */
for (const level of [0, 1]) {
  describe(`at level ${level}`, () => {
    let worker;
    let graph;
    before(async () => {
      graph = `http://127.0.0.1:${await freePort()}/v25.0`;
      worker = await startTreebot({
        settings: {...SETTINGS, GRAPH_API_BASE: graph, PUBLISH_TOKEN: TOKEN},
        state: temporary(),
        build: fixtureWorkerFolder,
        level,
      });
    });
    after(() => worker?.stop());

    /** Runs a script, and returns what is shown below the first line. */
    async function simulate(lines, {settings = {}, to = worker.base} = {}) {
      const run = await treebot(['simulate', '--to', to], {
        settings: {...OPERATOR, GRAPH_API_BASE: graph, ...settings},
        input: lines.map((line) => `${line}\n`).join(''),
      });
      const [greeting, ...rest] = run.stdout.split('\n');
      return {...run, greeting, shown: rest.join('\n')};
    }

    async function check(lines, expected, status = 0) {
      const run = await simulate(lines);
      assert.equal(run.stderr, '');
      assert.equal(run.shown, expected);
      assert.equal(run.status, status);
    }

    const ROOT = `bot: What brings you to the UK?

     1. travel
     2. study
     3. business/work
     4. medical treatment
     5. join family/get married
     6. visiting a child
     7. diplomatic or government visit
     [1] 1 (travel)
     [2] 2 (study)
     [3] 3 (business/work)
     [4] 4 (medical treatment)
     [5] 5 (join family/get married)
     [6] 6 (visiting a child)
     [7] 7 (diplomatic or government visit)
`;

    /** The buttons of a message, numbered from another on. */
    const numbered = (text, first) => text.replaceAll(/\[(\d+)\]/g, (_, number) => `[${Number(number) + first - 1}]`);

    test('in a terminal each line is answered before the next is typed, and the arrow brings one back', async () => {
      const {status, shown} = await terminal(['simulate', '--to', worker.base], {
        settings: {...OPERATOR, GRAPH_API_BASE: graph},
        says: [
          [/> $/, '/as tess\r'],
          [/tess> $/, 'hello\r'],
          [/\[7\][^\n]*\ntess> $/, 'study\r'],
          [/How long will you stay\?[\s\S]*tess> $/, '\u001b[A\r'],
          [/tess> study\n[\s\S]*tess> $/, '\u0004'],
        ],
      });
      assert.equal(status, 0, shown);
      assert.equal(shown.match(/bot: How long will you stay\?/g)?.length, 1, shown);
      assert.match(shown, /What brings you to the UK\?[\s\S]*How long will you stay\?/);
    });

    test('somebody types, taps, and taps again what is old', async () => {
      await check(
        [
          '/as mary',
          'hello',
          '/tap 2',
          '/tap up to 6 months',
          '/wait 3',
          '/tap 9',
          '/tap travel',
          '/tap 99',
          '/tap nothing',
        ],
        `you> /as mary
mary> hello
${ROOT}mary> /tap 2
bot: How long will you stay?
     [8] up to 6 months
     [9] more than 6 months
mary> /tap up to 6 months
bot: A short-term study visa fits.
     [10] Start again
mary> /wait 3
mary> /tap 9
bot: A long-term study visa fits.
     [11] Start again
mary> /tap travel
bot: A visitor visa fits.
     [12] Start again
mary> /tap 99
(there is no button \`99\`; /buttons lists them)
mary> /tap nothing
(there is no button \`nothing\`; /buttons lists them)
`,
      );
    });

    test('a delivery can be made again, late, and by several people', async () => {
      const {shown, status} = await simulate([
        '/as ann',
        'hello',
        '/again',
        '/as ben',
        '/start',
        'study',
        '/as ann',
        '/late 30',
        'study',
        '/late 0',
        'up to 6 months',
        '/deliveries',
      ]);
      assert.equal(status, 0);
      assert.match(shown, /ann> \/again\n\(no reply\)\nann> \/as ben\n/);
      assert.match(shown, /ben> \/start\nbot: What brings you/);
      assert.match(shown, /ben> study\nbot: How long will you stay\?\n/);
      assert.match(shown, /ann> \/late 0\nann> up to 6 months\nbot: /);
      assert.match(
        shown,
        /\n {2}1\. typed `hello`\n {2}2\. pressed `Get Started`\n {2}3\. typed `study`\n {2}4\. typed `study`\n/,
      );
    });

    test('what is held is delivered in any order', async () => {
      for (const order of ['', ' backwards', ' together', ' at-once']) {
        const name = `held${order.trim().replace('-', '')}`;
        const {shown} = await simulate([
          `/as ${name}`,
          'hello',
          '/hold',
          'study',
          'up to 6 months',
          `/release${order}`,
          '/start',
          '/release',
        ]);
        assert.match(shown, /\(held: 1\)\n.*\(held: 2\)/s);
        const replies = shown.split(`/release${order}\n`)[1];
        assert.match(replies, /^bot: /, order);
        assert.match(shown, /\/release\n\(nothing was held\)\n$/);
        if (order === '' || order === ' together')
          assert.match(replies, /How long will you stay.*A short-term study visa fits/s);
      }
    });

    test('when a message is refused the delivery is to be made again', async () => {
      const {shown, status} = await simulate([
        '/as zoe',
        '/refuse 2',
        'hello',
        '/again',
        '/picture',
        '/link nowhere',
        '//slash',
      ]);
      assert.match(
        shown,
        /hello\n\(the Worker answers with status 503: Meta would deliver again; \/again does\)\nzoe> \/again\nbot: What brings/,
      );
      assert.match(shown, /\/picture\nbot: Sorry, I can only read text and buttons/);
      assert.match(shown, /zoe> \/\/slash\nbot: /);
      assert.equal(status, 1, 'a script is told that something was not taken');
    });

    test('what the page shows can be pressed: first answers, menu and Get Started', async () => {
      await check(
        ['/as nora', '/page', '/tap study', '/tap 5', '/tap 6', '/tap No', '/start', '/deliveries'],
        `you> /as nora
nora> /page
greeting: Visit planner (test tree)
first answers:
     [1] travel
     [2] study
     [3] business/work
     [4] medical treatment
menu:
     [5] Start again
     [6] Delete my data
nora> /tap study
bot: How long will you stay?
     [7] up to 6 months
     [8] more than 6 months
nora> /tap 5
${numbered(ROOT, 9)}nora> /tap 6
bot: Shall I delete everything I have stored about this conversation? Say "yes" to delete it.
     [16] Yes
     [17] No
nora> /tap No
bot: Nothing was deleted.

${numbered(ROOT, 18).replace('bot: ', '     ')}nora> /start
${numbered(ROOT, 25)}nora> /deliveries
  1. pressed \`study\`
  2. pressed \`Start again\`
  3. pressed \`Delete my data\`
  4. pressed \`No\`
  5. pressed \`Get Started\`
`,
      );
      const {shown} = await simulate(['/as nora', '/page'], {settings: {PUBLISH_TOKEN: ''}});
      assert.match(shown, /\/page\n\(PUBLISH_TOKEN is missing \(the Worker tells its tree/);
    });

    test('a human takes over and gives the conversation back', async () => {
      for (const taken of ['/human I can help', '/take']) {
        const {shown, status} = await simulate([
          `/as ${taken === '/take' ? 'otto' : 'olga'}`,
          'hello',
          'study',
          taken,
          'up to 6 months',
          '/like',
          '/pass',
          'up to 6 months',
          '/deliveries',
        ]);
        assert.equal(status, 0);
        assert.match(
          shown,
          /> \/(human I can help|take)\n\(no reply\)\n.*> up to 6 months\n\(no reply\)\n.*> \/like\n\(no reply\)\n/,
        );
        assert.match(shown, /> \/pass\nbot: I am a bot: no human answers here\.\n\n {5}How long will you stay\?\n/);
        assert.match(shown, /> up to 6 months\nbot: A short-term study visa fits\./);
        assert.match(shown, / {2}3\. a human (wrote `I can help`|took the conversation)\n/);
        assert.match(shown, / {2}5\. sent a thumbs-up\n {2}6\. a human gave the conversation back\n/);
      }
    });

    test('a conversation goes on where it was, in another session', async () => {
      await simulate(['/as ida', 'hello', 'study']);
      const {shown} = await simulate(['/as ida', 'up to 6 months']);
      assert.match(shown, /bot: A short-term study visa fits\./);
    });

    test('what is wrong is said before anything is delivered', async () => {
      for (const [options, expected] of [
        [
          {to: 'http://127.0.0.1:9'},
          /http:\/\/127\.0\.0\.1:9 does not answer: nothing listens there; `npm start` serves at/,
        ],
        [{to: 'somewhere'}, /`somewhere` is no address: it begins with https:\/\//],
        [{settings: {APP_SECRET: ''}}, /APP_SECRET is missing/],
        [{settings: {GRAPH_API_BASE: ''}}, /GRAPH_API_BASE is missing/],
        [{settings: {GRAPH_API_BASE: 'https://graph.facebook.com/v25.0'}}, /can be received on this machine only/],
      ]) {
        const run = await simulate(['hello'], options);
        assert.match(run.stderr, expected);
        assert.deepEqual([run.status, run.stdout], [2, '']);
      }
      const taken = createServer().listen(Number(new URL(graph).port), '127.0.0.1');
      await new Promise((resolve) => taken.once('listening', resolve));
      const run = await simulate(['hello']);
      await new Promise((resolve) => taken.close(resolve));
      assert.match(run.stderr, /which is taken, perhaps by another `treebot simulate`/);
    });

    test('secrets that are not the same are told apart', async () => {
      const other = await simulate(['hello'], {settings: {APP_SECRET: 'other'}});
      assert.match(other.shown, /\(the Worker answers with status 403: APP_SECRET is another one than here\)/);
      const token = await simulate(['/as uma', 'hello'], {settings: {PAGE_ACCESS_TOKEN: 'other'}});
      assert.match(token.shown, /\(the Worker's message was refused: its PAGE_ACCESS_TOKEN is another one than here\)/);
      assert.deepEqual([other.status, token.status], [1, 1]);
    });
  });
}
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const {port} = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
