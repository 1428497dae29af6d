// The engine for hosts in JavaScript that keep the state of their conversations themselves: Node, a server behind
// another channel, a Worker. It needs the package that `npm run build` leaves in web/pkg/chat, and a compiled tree.
//
//     import {initSync, Talk} from './pkg/chat/treebot.js';
//     import {conversations} from './host/treebot.mjs';
//
//     const wasm = initSync({module: readFileSync('pkg/chat/treebot_bg.wasm')});
//     const visa = conversations(wasm.memory, new Talk(readFileSync('uk-visa.tree'), 'uk-visa'));
//     let reply = visa.begin({id: 'm1', at: Date.now()});
//     reply = visa.say(reply.state, 'I want to study', {id: 'm2', at: Date.now()});

/**
 * @typedef {object} Reply
 * @property {'question' | 'end' | 'unclear' | 'did-you-mean' | 'info'} kind
 * @property {string | undefined} note a sentence about the turn itself, to be shown first
 * @property {{text: string, image?: string}[]} messages a picture has its address, and as text what it shows
 * @property {{label: string, code: string}[]} choices
 * @property {string} state what to store: all that is needed to go on; at most 1024 bytes as a string in JSON
 */

const KINDS = /** @type {const} */ (['question', 'end', 'unclear', 'did-you-mean', 'info']);
const [NOTE, MESSAGE, PICTURE, LABEL] = [0, 2, 4, 6];
const LASTING = 1;

/**
 * Conversations over one tree.
 *
 * @param {WebAssembly.Memory} memory of the wasm module
 * @param {import('../pkg/chat/treebot.js').Talk} talk
 */
export function conversations(memory, talk) {
  const decoder = new TextDecoder();
  /** Texts of the tree by their address: they stay where they are, so each is read once. @type {Map<number, string>} */
  const lasting = new Map();
  let bytes = new Uint8Array(memory.buffer);
  let numbers = new Uint32Array(memory.buffer);

  const read = (/** @type {number} */ address, /** @type {number} */ length) =>
    length === 0 ? '' : decoder.decode(bytes.subarray(address, address + length));

  /** @returns {string} */
  function textAt(/** @type {number} */ what, /** @type {number} */ address, /** @type {number} */ length) {
    if (!(what & LASTING)) return read(address, length);
    let text = lasting.get(address);
    if (text === undefined || length === 0) {
      text = read(address, length);
      lasting.set(address, text);
    }
    return text;
  }

  /** @returns {Reply} */
  function take(/** @type {string} */ state, /** @type {string | undefined} */ text, {at = 0, id = ''}) {
    let next = talk.take(state, text, at, id) >>> 2;
    // The memory has grown: the old views are of no use any more.
    if (bytes.buffer !== memory.buffer) {
      bytes = new Uint8Array(memory.buffer);
      numbers = new Uint32Array(memory.buffer);
    }
    const kind = KINDS[numbers[next++]];
    const made = read(numbers[next++], numbers[next++]);
    const messages = [];
    const choices = [];
    let note;
    let image;
    for (let texts = numbers[next++]; texts > 0; texts--) {
      const what = numbers[next++];
      const words = textAt(what, numbers[next++], numbers[next++]);
      switch (what & ~LASTING) {
        case MESSAGE:
          messages.push(image === undefined ? {text: words} : {text: words, image});
          image = undefined;
          break;
        case LABEL:
          choices.push({label: words, code: ''});
          break;
        case PICTURE:
          image = words;
          break;
        case NOTE:
          note = words;
      }
    }
    next++;
    let start = 0;
    for (const choice of choices) {
      const end = numbers[next++];
      choice.code = made.slice(start, end);
      start = end;
    }
    return {kind, note, messages, choices, state: made.slice(start)};
  }

  return {
    /** Greets. */
    begin: (/** @type {{at?: number, id?: string}} */ when = {}) => take('', undefined, when),
    /** Takes what somebody typed after `state`. `id` tells the message from all others. */
    say: (
      /** @type {string} */ state,
      /** @type {string} */ text,
      /** @type {{at?: number, id?: string}} */ when = {},
    ) => take(state, text, when),
  };
}
