// The engine for hosts in JavaScript that keep the state of their conversations themselves: Node, a server behind
// another channel, a Worker. It needs the package that `npm run build` leaves in web/pkg/host, and a compiled tree.
//
//     import {initSync, Talk} from './pkg/host/treebot.js';
//     import {conversations} from './host/treebot.mjs';
//
//     const {memory} = initSync({module: readFileSync('pkg/host/treebot_bg.wasm')});
//     const visa = conversations(memory, new Talk(readFileSync('uk-visa.tree'), 'uk-visa'));
//     let reply = visa.begin({id: 'm1', at: Date.now()});
//     reply = visa.say(reply.state, 'I want to study', {id: 'm2', at: Date.now()});

/**
 * @typedef {object} Reply
 * @property {'question' | 'end' | 'unclear' | 'did-you-mean' | 'info'} kind
 * @property {string | undefined} note a sentence about the turn itself, to be shown first
 * @property {{text: string, image: string | undefined}[]} messages a picture has its address, and as text what it shows
 * @property {{label: string, code: string}[]} choices
 * @property {boolean} forgets whether the person wants everything that is stored about them to be deleted, this state too
 * @property {string} state what to store: all that is needed to go on; at most 1024 bytes as a string in JSON
 */

/** @typedef {{at?: number, id?: string}} When a time in milliseconds since 1970, and what tells an input from all others */

const KINDS = /** @type {const} */ (['question', 'end', 'unclear', 'did-you-mean', 'info']);
const FORGETS = 8;
const [BEGIN, TYPED, TAPPED] = [0, 1, 2];
const [NOTE, MESSAGE, PICTURE] = [0, 2, 4];
const LASTING = 1;

/** Room for a usual message in bytes, and what is given back when a longer one has been taken. */
const ROOM = 4096;
/** Up to this many letters a loop is faster than a TextEncoder. */
const SHORT = 24;

/**
 * Conversations over one tree.
 *
 * @param {WebAssembly.Memory} memory of the wasm module
 * @param {import('../pkg/host/treebot.js').Talk} talk
 */
export function conversations(memory, talk) {
  const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
  const encoder = new TextEncoder();
  /**
   * Texts of the tree by their address: they stay where they are, so each is read once.
   * @type {Map<number, {length: number, text: string}>}
   */
  const lasting = new Map();
  let room = 0;
  let size = 0;
  let bytes = new Uint8Array(memory.buffer);
  let numbers = new Uint32Array(memory.buffer);
  /** What is written into. */
  let input = bytes;

  /** Memory that has grown is in another buffer, and what was read through has no length any more. */
  function look() {
    if (bytes.length > 0) return;
    bytes = new Uint8Array(memory.buffer);
    numbers = new Uint32Array(memory.buffer);
    input = bytes.subarray(room, room + size);
  }

  /** Makes room for so many bytes. */
  function reserve(/** @type {number} */ wanted) {
    if (wanted <= size && size === ROOM) return;
    size = Math.max(wanted, ROOM);
    room = talk.room(size) >>> 0;
    look();
    input = bytes.subarray(room, room + size);
  }

  /** Writes a text, and gives the end of it. */
  function write(/** @type {string} */ text, /** @type {number} */ start) {
    const {length} = text;
    let at = start;
    if (length <= SHORT) {
      for (let n = 0; n < length; n++) {
        const unit = text.charCodeAt(n);
        if (unit > 0x7f) return start + encoder.encodeInto(text, input.subarray(start)).written;
        input[at++] = unit;
      }
      return at;
    }
    return start + encoder.encodeInto(text, start === 0 ? input : input.subarray(start)).written;
  }

  /** @returns {string} */
  function read(/** @type {number} */ address, /** @type {number} */ length) {
    return length === 0 ? '' : decoder.decode(bytes.subarray(address, address + length));
  }

  /** @returns {string} */
  function textAt(/** @type {number} */ what, /** @type {number} */ address, /** @type {number} */ length) {
    if ((what & LASTING) === 0 || length === 0) return read(address, length);
    const known = lasting.get(address);
    // One text may be the beginning of another.
    if (known !== undefined && known.length === length) return known.text;
    const text = read(address, length);
    lasting.set(address, {length, text});
    return text;
  }

  /** @returns {Reply} */
  function take(
    /** @type {number} */ kindOfInput,
    /** @type {string} */ state,
    /** @type {string} */ text,
    /** @type {When} */ {at = 0, id = ''},
  ) {
    look();
    // A letter of UTF-16 takes at most three bytes.
    reserve(3 * (state.length + id.length + text.length));
    const stateEnd = write(state, 0);
    const idEnd = write(id, stateEnd);
    const end = write(text, idEnd);
    let next = talk.take(kindOfInput, stateEnd, idEnd - stateEnd, end - idEnd, at) >>> 2;
    look();
    if (next === 0) throw new Error(`the state cannot be used: ${talk.problem()}`);

    const kind = KINDS[numbers[next] & (FORGETS - 1)];
    const forgets = (numbers[next] & FORGETS) !== 0;
    const made = read(numbers[next + 1], numbers[next + 2]);
    const messages = [];
    let note;
    let image;
    let count = numbers[next + 3];
    for (next += 4; count > 0; count--, next += 3) {
      const what = numbers[next];
      const words = textAt(what, numbers[next + 1], numbers[next + 2]);
      switch (what & ~LASTING) {
        case MESSAGE:
          messages.push({text: words, image});
          image = undefined;
          break;
        case PICTURE:
          image = words;
          break;
        case NOTE:
          note = words;
      }
    }
    const choices = [];
    let start = 0;
    count = numbers[next++];
    for (; count > 0; count--, next += 4) {
      const end = numbers[next];
      const label = textAt(numbers[next + 1], numbers[next + 2], numbers[next + 3]);
      choices.push({label, code: made.slice(start, end)});
      start = end;
    }
    return {kind, note, messages, choices, forgets, state: made.slice(start)};
  }

  return {
    /** Greets. */
    begin: (/** @type {When} */ when = {}) => take(BEGIN, '', '', when),
    /** Takes what somebody typed after `state`. */
    say: (/** @type {string} */ state, /** @type {string} */ text, /** @type {When} */ when = {}) =>
      take(TYPED, state, text, when),
    /** Takes the code of a choice that somebody pressed, after `state`. */
    tap: (/** @type {string} */ state, /** @type {string} */ code, /** @type {When} */ when = {}) =>
      take(TAPPED, state, code, when),
  };
}
