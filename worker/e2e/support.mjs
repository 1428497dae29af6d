// What the tests share: a Worker on workerd with a store of its own, and people who write to it.

import {createHmac} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {at, WRANGLER_ENV} from '../../scripts/lib/tools.mjs';

// wrangler reads these when it is loaded, so it is loaded after.
Object.assign(process.env, WRANGLER_ENV, {SKIP_WORKER_BUILD: '1', NO_COLOR: '1', CI: '1'});
const {unstable_readConfig: readConfig, unstable_startWorker: startWorker} = await import('wrangler');

export const fixture = (name) => readFileSync(at('messenger/tests/fixtures', name));
export const fixtureJson = (name) => JSON.parse(fixture(name));

/** The secrets and ids that the fixtures are made with. */
export const FIXTURES = fixtureJson('signatures.json');
export const PAGE = FIXTURES.page_id;

/** The settings of a Worker that is set up for the fixtures. */
export const SETTINGS = {
  VERIFY_TOKEN: FIXTURES.verify_token,
  APP_SECRET: FIXTURES.app_secret,
  PAGE_ACCESS_TOKEN: FIXTURES.page_access_token,
  PAGE_ID: PAGE,
};

const folders = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

/** A folder that goes when the tests are over. */
export function temporary() {
  const folder = mkdtempSync(path.join(tmpdir(), 'treebot-e2e-'));
  folders.push(folder);
  return folder;
}

/**
 * Starts the Worker as `wrangler.toml` describes it, with other settings and a store in `state`; at level 1 with a
 * Durable Object for each person.
 *
 * @param {{settings: Record<string, string>, state: string, build?: string, level?: 0 | 1}} options
 */
export async function startTreebot({settings, state, build = at('worker/build'), level = 0}) {
  const config = configFile({settings, build, level});
  const logs = [];
  const worker = await startWorker({
    config,
    dev: {
      server: {hostname: '127.0.0.1', port: 0},
      inspector: false,
      persist: state,
      watch: false,
      logLevel: 'none',
      structuredLogsHandler: ({message}) => logs.push(message),
    },
  });
  await worker.ready;
  const base = await worker.url;
  return {
    logs,
    base: new URL(base).origin,
    fetch: (where, init) => fetch(new URL(where, base), init),
    /** Posts a body, signed unless another header is given; null for none. */
    post(body, {signature = sign(body), ...headers} = {}) {
      const all = {'Content-Type': 'application/json', ...headers};
      if (signature !== null) all['X-Hub-Signature-256'] = signature;
      return fetch(new URL('/webhook', base), {method: 'POST', headers: all, body});
    },
    /** What the scheduled handler does every hour. */
    cron: () => fetch(new URL('/cdn-cgi/handler/scheduled?cron=17+*+*+*+*', base)),
    stop: () => worker.dispose(),
  };
}

/** A copy of `wrangler.toml` with other settings, and with a site of one page, so that no test needs another build. */
export function configFile({settings, build, level = 0}) {
  const {main, name, compatibility_date, kv_namespaces, assets, vars, triggers} = readConfig(
    {config: at('wrangler.toml')},
    {hideWarnings: true},
  );
  const home = temporary();
  mkdirSync(path.join(home, 'site'));
  writeFileSync(path.join(home, 'site/index.html'), '<!doctype html><title>The site</title>');
  const config = path.join(home, 'wrangler.json');
  const content = {
    name,
    main: path.join(build, path.basename(main)),
    compatibility_date,
    triggers,
    kv_namespaces: kv_namespaces.map(({binding, id}) => ({binding, id})),
    // Which paths are the Worker's is as configured.
    assets: {...assets, directory: path.join(home, 'site')},
    vars: {...vars, ...settings},
    // As in the lines of `wrangler.toml` that are switched off.
    ...(level && {
      durable_objects: {bindings: [{name: 'CONVERSATIONS', class_name: 'Conversation'}]},
      migrations: [{tag: 'v1', new_sqlite_classes: ['Conversation']}],
    }),
  };
  writeFileSync(config, JSON.stringify(content));
  return config;
}

export const sign = (body, secret = FIXTURES.app_secret) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

let count = 0;
/** A person on Messenger, who writes and taps. */
export class Someone {
  constructor(treebot, graph, {id = String(7_000_000_000_000_000 + ++count)} = {}) {
    Object.assign(this, {treebot, graph, id});
  }

  /** Types something; returns what came back. */
  types(text, more) {
    return this.does({message: {mid: this.#mid(), text}}, more);
  }

  /** Presses a button of a message that was sent earlier, by its label. */
  taps(sent, label) {
    const press = presses(sent, label);
    const {quick_replies: quick} = sent.message;
    return this.does(
      quick
        ? {message: {mid: this.#mid(), text: press.title, quick_reply: {payload: press.payload}}}
        : {postback: {mid: this.#mid(), title: press.title, payload: press.payload}},
    );
  }

  /** Something happens: returns the messages that it led to. */
  async does(what, {at = Date.now()} = {}) {
    const before = this.graph.sent.length;
    this.last = body([{...this.#envelope(at), ...what}]);
    this.response = await this.treebot.post(this.last);
    return this.graph.sent.slice(before).filter(({recipient}) => recipient.id === this.id);
  }

  item(what, at = Date.now()) {
    return {...this.#envelope(at), ...what};
  }

  #envelope(timestamp) {
    return {sender: {id: this.id}, recipient: {id: PAGE}, timestamp};
  }

  #mid() {
    return `m_${this.id}-${++count}`;
  }
}

/** A webhook body with these items. */
export const body = (messaging, {page = PAGE} = {}) =>
  JSON.stringify({object: 'page', entry: [{id: page, time: Date.now(), messaging}]});

function presses({message}, label) {
  const list = message.quick_replies ?? message.attachment?.payload?.buttons ?? [];
  const text = message.text ?? message.attachment?.payload?.text ?? '';
  const listed = new Map([...text.matchAll(/^(\d+)\. (.*)$/gm)].map(([, number, words]) => [words, number]));
  const press = list.find(({title}) => title === label || title === listed.get(label));
  if (!press) throw new Error(`there is no button \`${label}\` under: ${text}`);
  return press;
}
