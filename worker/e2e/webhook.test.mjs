// Who is let in, what is refused, and what happens while something is missing.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {startGraph} from './graph.mjs';
import {body, FIXTURES, fixture, PAGE, SETTINGS, Someone, sign, startTreebot, temporary} from './support.mjs';

let graph;
let treebot;
before(async () => {
  graph = await startGraph({token: FIXTURES.page_access_token, proof: FIXTURES.appsecret_proof});
  treebot = await startTreebot({settings: {...SETTINGS, GRAPH_API_BASE: graph.base}, state: temporary()});
});
after(async () => {
  await treebot?.stop();
  await graph?.close();
});

const hello = () => body([new Someone().item({message: {mid: `m_${Math.random()}`, text: 'hello'}})]);

test('the webhook proves to Meta that it is ours', async () => {
  for (const {query, http, body} of FIXTURES.verify_get) {
    const response = await treebot.fetch(`/webhook?${query}`);
    const text = await response.text();
    assert.ok(String(http).split('|').includes(String(response.status)), `${query}: ${response.status}`);
    if (body) assert.equal(text, body);
    assert.ok(!text.includes(FIXTURES.verify_token));
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.match(response.headers.get('content-type'), /^text\/plain/);
  }
});

test('a challenge is text, in any order, and comes back as it was sent', async () => {
  const query = new URLSearchParams({
    'hub.challenge': '<b>CHALLENGE & accepted+é</b>',
    'hub.verify_token': FIXTURES.verify_token,
    'hub.mode': 'subscribe',
  });
  const response = await treebot.fetch(`/webhook?${query}`);
  assert.equal(await response.text(), '<b>CHALLENGE & accepted+é</b>');
  query.delete('hub.challenge');
  assert.equal((await treebot.fetch(`/webhook?${query}`)).status, 400);
});

test('wrong signatures are refused and reach nothing', async () => {
  const first = fixture('01_text_first_message.json');
  for (const {name, header} of FIXTURES.negative) {
    const response = await treebot.post(first, {signature: header});
    assert.equal(response.status, 403, name);
  }
  // Signed, but with the older signature; and for another body.
  assert.equal((await treebot.post(first, {signature: null, 'X-Hub-Signature': 'sha1=00'})).status, 403);
  assert.equal((await treebot.post(hello(), {signature: sign(hello())})).status, 403);
  assert.equal(graph.calls.length, 0);
});

test('other methods are told which there are', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']) {
    const response = await treebot.fetch('/webhook', {method});
    assert.deepEqual([response.status, response.headers.get('allow')], [405, 'GET, POST'], method);
  }
  assert.equal((await treebot.fetch('/health', {method: 'POST'})).status, 405);
});

test('a body may have one megabyte and no more', async () => {
  const padded = (length) => {
    const start = '{"object":"page","entry":[],"pad":"';
    return `${start}${'x'.repeat(length - start.length - 2)}"}`;
  };
  const most = padded(1 << 20);
  assert.equal((await treebot.post(most)).status, 200);
  const more = padded((1 << 20) + 1);
  assert.equal((await treebot.post(more)).status, 413);
  // Without a length that is announced.
  const stream = new Blob([more]).stream();
  const response = await treebot.fetch('/webhook', {
    method: 'POST',
    body: stream,
    duplex: 'half',
    headers: {'X-Hub-Signature-256': sign(more)},
  });
  assert.equal(response.status, 413);
});

test('the site is served, and the Worker is not asked', async () => {
  const before = treebot.logs.length;
  assert.match(await (await treebot.fetch('/')).text(), /The site/);
  assert.equal(treebot.logs.length, before);
  for (const missing of ['/webhook/other', '/api/nothing', '/no-such-page']) {
    assert.equal((await treebot.fetch(missing)).status, 404, missing);
  }
});

test('health says what is there, and no value', async () => {
  const response = await treebot.fetch('/health');
  const text = await response.text();
  const {ok, version, tree, configuration, missing} = JSON.parse(text);
  assert.deepEqual([response.status, ok, missing], [200, true, []]);
  assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.equal(tree.name, 'uk-visa');
  assert.match(tree.revision, /^[a-z2-7]{52}$/);
  assert.equal(configuration.APP_SECRET, 'present');
  assert.equal(configuration.APP_SECRET_PREVIOUS, 'missing');
  for (const value of Object.values(SETTINGS)) assert.ok(!text.includes(value), 'a value is shown');
});

test('without a secret nothing is let in, and health says which', async () => {
  for (const [name, value] of [
    ['APP_SECRET', undefined],
    ['PAGE_ACCESS_TOKEN', ''],
    ['VERIFY_TOKEN', ' '],
  ]) {
    const settings = {...SETTINGS, GRAPH_API_BASE: graph.base, [name]: value};
    const closed = await startTreebot({settings, state: temporary()});
    try {
      const health = await closed.fetch('/health');
      const {ok, missing, configuration} = await health.json();
      assert.deepEqual([health.status, ok, missing, configuration[name]], [503, false, [name], 'missing']);
      const query = `hub.mode=subscribe&hub.verify_token=${encodeURIComponent(value ?? '')}&hub.challenge=1`;
      assert.equal((await closed.fetch(`/webhook?${query}`)).status, 503);
      const text = hello();
      assert.equal((await closed.post(text)).status, 503);
      assert.equal((await closed.post(text, {signature: sign(text, '')})).status, 503);
      assert.equal((await closed.post(text, {signature: null})).status, 503);
      assert.match(closed.logs.join('\n'), new RegExp(`"missing":\\["${name}"\\]`));
    } finally {
      await closed.stop();
    }
  }
  assert.equal(graph.calls.length, 0);
});

test('the secret before is good while it is configured', async () => {
  const settings = {
    ...SETTINGS,
    GRAPH_API_BASE: graph.base,
    APP_SECRET: 'new',
    APP_SECRET_PREVIOUS: SETTINGS.APP_SECRET,
  };
  const rotating = await startTreebot({settings, state: temporary()});
  try {
    const empty = body([], {page: PAGE});
    assert.equal((await rotating.post(empty, {signature: sign(empty, 'new')})).status, 200);
    assert.equal((await rotating.post(empty)).status, 200);
    assert.equal((await rotating.post(empty, {signature: sign(empty, 'other')})).status, 403);
  } finally {
    await rotating.stop();
  }
});
