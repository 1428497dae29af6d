// Setting a page up, and looking what is wrong with it: the command, a Worker on workerd, and a stand-in for Meta that
// keeps its limits.

import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, beforeEach, test} from 'node:test';
import {fixtureWorkerFolder} from '../../scripts/lib/made.mjs';
import {folderWithTree, OPERATOR, TOKEN, treebot} from './cli.mjs';
import {presses, startGraph} from './graph.mjs';
import {startPage} from './page.mjs';
import {FIXTURES, PAGE, SETTINGS, Someone, startTreebot, temporary} from './support.mjs';

let graph;
let page;
let worker;
let settings;
const folder = folderWithTree();
before(async () => {
  const {app_id: app, app_secret: secret, page_access_token: token, appsecret_proof: proof} = FIXTURES;
  page = startPage({id: PAGE, app, secret, token, proof});
  graph = await startGraph({token, proof, page});
  settings = {...OPERATOR, GRAPH_API_BASE: graph.base};
  const ofWorker = {
    ...SETTINGS,
    GRAPH_API_BASE: graph.base,
    PUBLISH_TOKEN: TOKEN,
    STATE_SECRET: 'a-secret-for-the-state',
  };
  worker = await startTreebot({settings: ofWorker, state: temporary(), build: fixtureWorkerFolder});
});
after(async () => {
  await worker?.stop();
  await graph?.close();
});
beforeEach(() => {
  page.reset();
  graph.clear();
});

/** Runs `treebot messenger`, and makes sure that no secret is shown. */
async function messenger(args, more = {}) {
  const run = await treebot(['messenger', ...args], {settings: {...settings, ...more}, folder});
  for (const secret of [
    FIXTURES.app_secret,
    FIXTURES.page_access_token,
    FIXTURES.verify_token,
    FIXTURES.appsecret_proof,
    TOKEN,
  ])
    assert.ok(!`${run.stdout}${run.stderr}`.includes(secret), `a secret is shown:\n${run.stdout}${run.stderr}`);
  return run;
}
const at = () => ['--url', worker.base];
const setUp = (...args) => messenger(['setup', 'uk-visa.yaml', ...at(), ...args]);
const doctor = (more, ...args) => messenger(['doctor', 'uk-visa.yaml', ...at(), ...args], more);
/** The lines of the doctor that are not good, each with what to do. */
const complaints = ({stdout}) => stdout.match(/^[!✗].*\n {2}.*→ .*$/gm) ?? [];

test('a dry run shows what would be set, and changes nothing', async () => {
  const run = await setUp('--dry-run');
  assert.equal(run.stderr, '');
  const code = /`[\w-]+`/g;
  assert.equal(
    run.stdout
      .replaceAll(code, (text) => (text.includes('treebot') ? text : '`…`'))
      .replaceAll(worker.base, 'https://bot'),
    `page 104512345678901 (\`Visas & more\`), settings from the environment
the app's webhook:
  + delivers to https://bot/webhook
  + messages
  + messaging_postbacks
  + messaging_referrals
  + message_echoes
  + messaging_handovers
  + standby
the page's events:
  + messages
  + messaging_postbacks
  + messaging_referrals
  + message_echoes
  + messaging_handovers
  + standby
the page's profile:
  get_started:
    + sends \`treebot:start\`
  greeting:
    + Visit planner (test tree)
  persistent_menu:
    + Start again (sends \`treebot:restart\`)
    + Delete my data (sends \`treebot:forget\`)
  ice_breakers:
    + travel (sends \`…\`)
    + study (sends \`…\`)
    + business/work (sends \`…\`)
    + medical treatment (sends \`…\`)
nothing was changed (--dry-run)
`,
  );
  assert.deepEqual([run.status, page.changes], [0, []]);
});

test('everything is set in one go, and a second time there is nothing to do', async () => {
  const run = await setUp();
  assert.deepEqual([run.status, run.stderr], [0, '']);
  assert.match(run.stdout, /\ndone; people may see the menu only after some hours\n$/);
  assert.deepEqual(page.changes, [
    'POST subscriptions',
    'POST subscribed_apps',
    'POST profile get_started,greeting,ice_breakers,persistent_menu',
  ]);
  page.changes = [];
  const again = await setUp();
  assert.deepEqual([again.status, page.changes], [0, []]);
  assert.match(
    again.stdout,
    /\nthe app's webhook: as it should be\nthe page's events: as it should be\nthe page's profile: as it should be\neverything is as it should be\n$/,
  );
  const seen = await doctor();
  assert.match(seen.stdout, /\nthe bot is set up\n$/);
  assert.deepEqual([seen.status, seen.stderr, complaints(seen)], [0, '', []]);
  assert.ok(seen.stdout.split('\n').length <= 24, 'it is one screen');
});

test('only what differs is changed, and what is not to be there is taken away', async () => {
  await setUp();
  page.changes = [];
  page.profile.greeting = [{locale: 'default', text: 'Old words'}];
  page.subscribed.set(FIXTURES.app_id, ['messages', 'feed']);
  const run = await setUp();
  assert.match(run.stdout, /greeting:\n {4}- Old words\n {4}\+ Visit planner/);
  assert.deepEqual(page.changes, ['POST subscribed_apps', 'POST profile greeting']);

  page.changes = [];
  const silent = folderWithTree({'silent.yaml': 'title: Visit planner (test tree)\nsay: Hello.\n'});
  const taken = await treebot(['messenger', 'profile', 'silent.yaml', '--as', 'uk-visa'], {settings, folder: silent});
  assert.match(taken.stdout, /ice_breakers:\n( {4}- .*\n){4}done/);
  assert.deepEqual(page.changes, ['DELETE profile ice_breakers']);
});

test('what a page shows is what the bot answers to', async () => {
  await setUp();
  const person = new Someone(worker, graph);
  const press = (title, payload) => person.does({postback: {mid: `m_${title}`, title, payload}});
  const [root] = await press('Get Started', page.profile.get_started.payload);
  const [{call_to_actions: breakers}] = page.profile.ice_breakers;
  const buttons = presses(root).map(({payload}) => payload);
  assert.deepEqual(
    breakers.map(({payload}) => payload),
    buttons.slice(0, 4),
    'ice breakers are the buttons of the first question',
  );
  const [study] = await press(breakers[1].question, breakers[1].payload);
  assert.match(JSON.stringify(study), /How long will you stay/);
  const [{call_to_actions: menu}] = page.profile.persistent_menu;
  const [again] = await press(menu[0].title, menu[0].payload);
  assert.match(JSON.stringify(again), /What brings you/);
  const [asks] = await press(menu[1].title, menu[1].payload);
  assert.match(JSON.stringify(asks), /delete everything/);
});

test('subscribing alone leaves the profile as it is', async () => {
  const run = await messenger(['subscribe', ...at()]);
  assert.equal(run.status, 0);
  assert.deepEqual(page.changes, ['POST subscriptions', 'POST subscribed_apps']);
  assert.deepEqual(page.profile, {});
});

test('the doctor names each thing that is wrong, and how to mend it', async () => {
  await setUp();
  const set = structuredClone({profile: page.profile, subscription: page.subscription});
  const cases = [
    ['another verify token', {VERIFY_TOKEN: 'other'}, /✗ webhook .*VERIFY_TOKEN is not the Worker's/],
    ['another app secret', {APP_SECRET: 'other'}, /✗ delivery .*APP_SECRET is not the Worker's/],
    ['a token that is over', {PAGE_ACCESS_TOKEN: 'over'}, /✗ page .*Invalid OAuth.*make a new page token/s],
    ['no app id', {APP_ID: ''}, /! settings .*no APP_ID/],
    [
      'no secrets',
      {APP_SECRET: '', VERIFY_TOKEN: ''},
      /✗ settings .*no APP_SECRET, VERIFY_TOKEN, APP_ID|✗ settings .*no APP_SECRET, VERIFY_TOKEN/,
    ],
    ['another page', {PAGE_ID: '1, 2'}, /✗ page .*is not among PAGE_ID/],
  ];
  for (const [what, more, expected] of cases) {
    const run = await doctor(more);
    assert.match(complaints(run).join('\n'), expected, what);
    assert.equal(run.status, /✗/.test(run.stdout) ? 1 : 0, what);
  }
  for (const [what, change, expected] of [
    ['no webhook', () => (page.subscription = undefined), /✗ app +delivers nothing yet/],
    [
      'another webhook',
      () => (page.subscription.callback_url = 'https://old.example.com'),
      /✗ app +delivers to https:\/\/old/,
    ],
    ['switched off', () => (page.subscription.active = false), /✗ app +its webhook was switched off/],
    ['too few fields', () => page.subscription.fields.pop(), /✗ app +does not deliver standby/],
    ['no events', () => page.subscribed.clear(), /✗ events +the page sends the app none/],
    [
      'too few events',
      () => page.subscribed.set(FIXTURES.app_id, ['messages']),
      /✗ events +the page does not send messaging_post/,
    ],
    ['another profile', () => (page.profile.greeting = []), /✗ profile +does not fit the tree: greeting/],
    ['commands', () => (page.profile.commands = [{}]), /! profile +has commands, which hide the menu/],
    ['too many calls', () => (page.profileCalls = 0), /✗ profile +Meta says.*wait ten minutes/],
  ]) {
    Object.assign(page, structuredClone(set), {profileCalls: 10});
    page.subscribed.set(
      FIXTURES.app_id,
      set.subscription.fields.map(({name}) => name),
    );
    change();
    const run = await doctor();
    const found = complaints(run);
    assert.match(found.join('\n'), expected, what);
    assert.equal(found.length, 1, `${what}: ${found}`);
  }
});

test('the doctor looks at the Worker from outside', async () => {
  await setUp();
  const gone = await doctor({}, '--url', 'http://127.0.0.1:9');
  assert.equal(gone.status, 2, 'an address may be given once');
  const nowhere = await messenger(['doctor', '--url', 'http://127.0.0.1:9']);
  assert.match(nowhere.stdout, /✗ Worker +http:\/\/127\.0\.0\.1:9 does not answer: nothing listens there/);
  const other = await messenger(['doctor', '--url', new URL(graph.base).origin]);
  assert.match(other.stdout, /✗ Worker +there is no Treebot at/);
  const warned = await startTreebot({
    settings: {...SETTINGS, GRAPH_API_BASE: graph.base, APP_SECRET_PREVIOUS: 'before', PUBLISH_TOKEN: 'short'},
    state: temporary(),
    build: fixtureWorkerFolder,
  });
  try {
    const run = await messenger(['doctor', 'uk-visa.yaml', '--url', warned.base]);
    assert.match(complaints(run).join('\n'), /✗ STATE_SECRET +is not set, and APP_SECRET has changed/);
    assert.match(complaints(run).join('\n'), /! PUBLISH_TOKEN +is too short, so nobody can publish\n.*secret put/);
    assert.equal((await (await warned.fetch('/health')).json()).configuration.PUBLISH_TOKEN, 'too short');
  } finally {
    await warned.stop();
  }
  writeFileSync(path.join(folder, 'edited.yaml'), 'say: Hello.\n');
  const edited = await messenger(['doctor', 'edited.yaml', '--as', 'uk-visa', ...at()]);
  assert.match(
    complaints(edited).join('\n'),
    /! tree +the Worker serves another revision than this file's\n.*treebot publish/,
  );
});

/** What the doctor complains of where the Worker has other settings than it should. */
async function complaintsOf(more, first = async () => {}) {
  const other = await startTreebot({
    settings: {...SETTINGS, GRAPH_API_BASE: graph.base, STATE_SECRET: 'state', ...more},
    state: temporary(),
    build: fixtureWorkerFolder,
  });
  try {
    await first(other);
    return complaints(await messenger(['doctor', 'uk-visa.yaml', '--url', other.base])).join('\n');
  } finally {
    await other.stop();
  }
}

test('the doctor sees what is set at the Worker, and not here', async () => {
  await setUp();
  assert.match(await complaintsOf({PAGE_ID: '104512345678902'}), /✗ page .*is not among PAGE_ID/);
  for (const [version, expected] of [
    ['v22.0', /[!✗] Graph API .*20 May 2027/],
    ['v2.6', /✗ Graph API .*older than any/],
  ]) {
    assert.match(await complaintsOf({GRAPH_API_BASE: graph.base.replace('v25.0', version)}), expected);
  }
});

test('what the Worker found an hour ago and is mended since is no fault any more', async () => {
  graph.subscribed = ['messages'];
  const seen = await complaintsOf({}, async (worker) => {
    await worker.cron();
    graph.subscribed = undefined;
    await messenger(['setup', 'uk-visa.yaml', '--url', worker.base]);
  });
  assert.match(seen, /! Worker .*at its last look it was not subscribed to messages, messaging_postbacks/);
  assert.doesNotMatch(seen, /✗/);
});

test('nothing is set up that would not work', async () => {
  for (const [more, args, expected] of [
    [{VERIFY_TOKEN: 'other'}, [], /VERIFY_TOKEN is not the Worker's/],
    [{PAGE_ACCESS_TOKEN: 'over'}, [], /make a new page token/],
    [{PAGE_ID: '1'}, [], /which PAGE_ID does not name/],
    [{APP_ID: ''}, [], /APP_ID is missing/],
    [{APP_ID: 'my app'}, [], /APP_ID is not the number of an app/],
    [{}, ['--as', 'other'], /serves the tree `uk-visa`, and this one is called `other`/],
    [{GRAPH_API_BASE: 'http://127.0.0.1:9'}, [], /does not answer: nothing listens there/],
    [{GRAPH_API_BASE: 'http://graph.example.com'}, [], /GRAPH_API_BASE: .*in clear/],
  ]) {
    const run = await messenger(['setup', 'uk-visa.yaml', ...at(), ...args], more);
    assert.match(run.stderr, expected);
    assert.deepEqual([run.status, page.changes], [2, []]);
  }
});
