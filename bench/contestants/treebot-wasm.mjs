// Treebot as a host in JavaScript has it that reads trees from their YAML: the package of web/src/talk.rs, and the
// binding that is shipped with it, web/host/treebot.mjs. The whole reply crosses into JavaScript.

import {readFileSync} from 'node:fs';
import {buildWasm, bundle as bundleOf, files} from '../lib/ours.mjs';
import {bot, engine, isAtWork} from '../lib/talk.mjs';

export const title = 'Treebot, wasm';
export const about = 'the engine in wasm; the whole reply crosses into JavaScript';
export const grows = true;
export const sentences = true;
export const typos = true;

export const prepare = buildWasm;
export const download = () => [files('yaml')[0]];
export const bundle = bundleOf('yaml');

// Importing the package is not loading a tree.
const {memory, Talk} = isAtWork ? await engine('yaml') : {};

/** The bytes of the largest source. */
const MAX_BYTES = 64 << 20;

export const load = (source) => bot(memory, Talk.load(source, 'bench', MAX_BYTES));

/** Parts of the engine that the package does not offer one by one: a package of the bench's own has them. */
const task =
  (kind) =>
  async ({yaml, conversations = []}) => {
    const {Task} = await engine('tasks');
    const texts = conversations.map((conversation) => conversation.map((text) => `${text}\n`).join(''));
    const made = new Task(kind, readFileSync(yaml, 'utf8'), texts.join('\n'));
    return {run: () => made.run(), per: made.per()};
  };
export const tasks = Object.fromEntries(
  ['keystroke', 'resolve', 'compiled', 'parser', 'whole'].map((kind) => [kind, task(kind)]),
);
