// Workers KV as workerd asks for it over HTTP, kept in this process: so it costs workerd no more than a call, and what is
// in it can be looked at.

import {createServer} from 'node:http';

/** Starts a store. `faults` may make it slow, fail, and show what was written late. */
export async function startStore(faults) {
  const store = new Store(faults);
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    store.calls++;
    const {status, body, headers} = await store.answer(request, Buffer.concat(chunks));
    response.writeHead(status, headers);
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  store.port = server.address().port;
  store.close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return store;
}

class Store {
  /** In order, as listings are. */
  #keys = [];
  #entries = new Map();

  constructor(faults) {
    Object.assign(this, {faults, calls: 0});
  }

  get keys() {
    return this.#keys;
  }

  value(key) {
    return this.#entries.get(key)?.value.toString();
  }

  clear() {
    this.#keys = [];
    this.#entries.clear();
  }

  put(key, value, metadata, visible = 0) {
    const before = this.#entries.get(key);
    if (!before) this.#keys.splice(this.#first(key), 0, key);
    this.#entries.set(key, {value, metadata, visible, before: before && {...before, before: undefined}});
  }

  async answer({method, url, headers}, body) {
    const {pathname, searchParams} = new URL(url, 'http://kv');
    const key = decodeURIComponent(pathname.slice(1));
    const {delay, fails, visible} = this.faults.store();
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
    if (fails) return {status: 503, body: 'The store is down'};
    if (method === 'PUT') {
      this.put(key, body, headers['cf-kv-metadata'], visible);
      return {status: 200};
    }
    if (method === 'DELETE') {
      this.#entries.delete(key);
      this.#keys = this.#keys.filter((other) => other !== key);
      return {status: 200};
    }
    if (key) {
      const entry = this.#shown(key);
      if (!entry) return {status: 404};
      return {status: 200, body: entry.value, headers: entry.metadata && {'CF-KV-Metadata': entry.metadata}};
    }
    return {status: 200, body: this.#list(searchParams)};
  }

  #list(query) {
    const prefix = query.get('prefix') ?? '';
    const limit = Number(query.get('key_count_limit') ?? 1000);
    const keys = [];
    let complete = true;
    for (let n = this.#first(prefix); n < this.#keys.length && this.#keys[n].startsWith(prefix); n++) {
      const entry = this.#shown(this.#keys[n]);
      if (!entry) continue;
      if (keys.length === limit) {
        complete = false;
        break;
      }
      // workerd takes it as text, and reads it.
      keys.push({name: this.#keys[n], metadata: entry.metadata});
    }
    return JSON.stringify({keys, list_complete: complete, ...(!complete && {cursor: 'more'})});
  }

  /** What can be seen of a key now. */
  #shown(key) {
    const now = Date.now();
    let entry = this.#entries.get(key);
    while (entry && entry.visible > now) entry = entry.before;
    return entry;
  }

  /** Where the first key is that is not before this one. */
  #first(key) {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#keys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
