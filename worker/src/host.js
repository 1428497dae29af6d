// The runtime, as `js.rs` asks for it: one call for each thing that is wanted, and one way back for all that is waited for.
//
// What crosses into wasm costs by the crossing, so what belongs together is put together here. Nothing is decided here.

let tell;

/** `settled(number, value, failed)` is told what became of what was asked for under a number. */
export function begin(settled) {
  tell = settled;
}

function settle(number, promise) {
  // Whoever asked is told: after a failure of the whole there may be another.
  const back = tell;
  promise.then(
    (value) => back(number, value, false),
    (why) => back(number, why, true),
  );
}

/** Calls a method that promises something. */
export function ask(number, of, method, ...values) {
  settle(number, of[method](...values));
}

/** The first keys with a prefix, a line each: the key, and its metadata as JSON: a text, or null. */
export function list(number, kv, prefix, limit) {
  const line = ({name, metadata}) => `${name} ${JSON.stringify(typeof metadata === 'string' ? metadata : null)}`;
  settle(
    number,
    kv.list({prefix, limit}).then(({keys}) => keys.map(line).join('\n')),
  );
}

/** Writes a value that lasts so many seconds, with its metadata. */
export function put(number, kv, key, value, expirationTtl, metadata) {
  settle(number, kv.put(key, value, {expirationTtl, metadata}));
}

/** Waits so many milliseconds. */
export function sleep(number, milliseconds) {
  settle(number, new Promise((resolve) => setTimeout(resolve, milliseconds)));
}

/** Asks another service, and waits so many milliseconds: `status`, two headers and the text of the answer, a line each. */
export function call(number, method, address, authorization, body, within, most) {
  settle(number, answer(method, address, authorization, body, within, most));
}

async function answer(method, address, authorization, body, within, most) {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), within);
  try {
    const headers = {Authorization: authorization};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await fetch(address, {method, headers, body, redirect: 'manual', signal: abort.signal});
    const text = await response.text();
    const header = (name) => response.headers.get(name) ?? '';
    return `${response.status}\n${header('X-Business-Use-Case-Usage')}\n${header('Retry-After')}\n${text.slice(0, most)}`;
  } finally {
    clearTimeout(late);
  }
}

/** The bytes of a body; null if there are more than so many. Only what announces how long it is, is taken in one piece. */
export function read(number, request, announced, most) {
  settle(number, announced ? request.arrayBuffer().then((body) => new Uint8Array(body)) : readBits(request, most));
}

async function readBits({body}, most) {
  const bits = [];
  let length = 0;
  for await (const bit of body ?? []) {
    length += bit.length;
    if (length > most) return null;
    bits.push(bit);
  }
  const whole = new Uint8Array(length);
  for (const bit of bits.reverse()) {
    length -= bit.length;
    whole.set(bit, length);
  }
  return whole;
}

/** Method, address, signature and length of a request, a line each. */
export function head({method, url, headers}) {
  return `${method}\n${url}\n${headers.get('X-Hub-Signature-256') ?? ''}\n${headers.get('Content-Length') ?? ''}`;
}

/** An answer; names and values of its headers take turns, a line each. */
export function respond(status, body, lines) {
  const headers = {};
  const parts = lines.split('\n');
  for (let n = 0; n + 1 < parts.length; n += 2) headers[parts[n]] = parts[n + 1];
  return new Response(body, {status, headers});
}

let segmenter;

/** Where each character of a text begins as people see them, in units of UTF-16: the runtime has the tables for it. */
export function graphemes(text) {
  segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  return Uint32Array.from(segmenter.segment(text), ({index}) => index);
}

// wasm-bindgen wakes its tasks with this. The runtime's own is made for callbacks from anywhere, and takes its time.
const now = Promise.resolve();
globalThis.queueMicrotask = (job) => {
  now.then(() => {
    try {
      job();
    } catch (error) {
      reportError(error);
    }
  });
};
