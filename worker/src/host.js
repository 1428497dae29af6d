// The runtime, as `js.rs` asks for it: one call for each thing that is wanted, and one way back for all that is waited for.
//
// What crosses into wasm costs by the crossing, so what belongs together is put together here. Nothing is decided here.

let tell;

/** `settled(number, value, failed)` is told what became of what was asked for under a number. */
export function begin(settled) {
  tell = settled;
}

/** Where `worker` counts how often the wasm has started. */
const state = () => globalThis.__worker_init_state;

function settle(number, promise) {
  // Only whoever asked is told: after a trap others have the same numbers.
  const {instanceId} = state();
  const back = (value, failed) => {
    if (state().instanceId === instanceId) tell(number, value, failed);
  };
  promise.then(
    (value) => back(value, false),
    (why) => back(why, true),
  );
}

/** Calls a method that promises something. */
export function ask(number, of, method, ...values) {
  settle(number, of[method](...values));
}

/** The first keys with a prefix, a line each: the key, and its metadata where that is a text in one line. */
export function list(number, kv, prefix, limit) {
  const line = ({name, metadata}) =>
    typeof metadata === 'string' && !metadata.includes('\n') ? `${name} ${metadata}` : name;
  settle(
    number,
    kv.list({prefix, limit}).then(({keys}) => keys.map(line).join('\n')),
  );
}

/** Writes what lasts so many seconds: its key, its metadata and its value are a line each. */
export function put(number, kv, lines, expirationTtl) {
  const first = lines.indexOf('\n');
  const second = lines.indexOf('\n', first + 1);
  const metadata = lines.slice(first + 1, second);
  settle(number, kv.put(lines.slice(0, first), lines.slice(second + 1), {expirationTtl, metadata}));
}

/** Waits so many milliseconds. */
export function sleep(number, milliseconds) {
  settle(number, new Promise((resolve) => setTimeout(resolve, milliseconds)));
}

/** Where another service is asked, and how: made once, as making it costs as much as asking. */
export function target(method, address, authorization, json) {
  const headers = new Headers({Authorization: authorization, ...(json && {'Content-Type': 'application/json'})});
  return {address, method, headers};
}

/** Asks another service, and waits so many milliseconds: `status`, two headers and the text of the answer, a line each. */
export function call(number, target, body, within, most) {
  settle(number, answer(target, body, within, most));
}

async function answer({address, method, headers}, body, within, most) {
  const signal = AbortSignal.timeout(within);
  const response = await fetch(address, {method, headers, body, redirect: 'manual', signal});
  const text = await response.text();
  const {status} = response;
  // These headers say how long to wait; nobody has to after an answer without an error.
  if (status === 200 && !text.includes('"error"')) return `200\n\n\n${text.slice(0, most)}`;
  const header = (name) => response.headers.get(name) ?? '';
  return `${status}\n${header('X-Business-Use-Case-Usage')}\n${header('Retry-After')}\n${text.slice(0, most)}`;
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

/** An answer: names and values of its headers take turns, a line each; after an empty line comes the body. */
export function respond(status, text) {
  if (text[0] === '\n') return new Response(text.slice(1), {status});
  const end = text.indexOf('\n\n');
  return new Response(text.slice(end + 2), {status, headers: headersOf(text.slice(0, end))});
}

/** An answer of bytes. */
export function respondBytes(body, lines) {
  return new Response(body, {headers: headersOf(lines)});
}

function headersOf(lines) {
  const parts = lines.split('\n');
  const headers = {};
  for (let n = 0; n + 1 < parts.length; n += 2) headers[parts[n]] = parts[n + 1];
  return headers;
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
