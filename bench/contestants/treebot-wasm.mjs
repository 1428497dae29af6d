// Treebot as a web page and the Worker have it: the engine in wasm, with the whole reply crossing into JavaScript.
//
// The package is what wasm-bindgen makes for Node (or the web: then it is initialised from its bytes here). It exports
//
//   load(source: string): Bot           throws what is wrong with the tree
//   Bot.start(): Turn                   Turn = {reply: {messages: string[], choices: string[]}, state: string}
//   Bot.message(state: string, text: string): Turn
//   Bot.stored?(events: number, texts: string[]): string
//   keystroke?, resolve?, compiled?     see `tasks`: each takes a source (and texts) and gives {run(), per}
//
// TREEBOT_WASM names the package's JavaScript; by default it is target/bench/wasm/treebot_bench.js.

import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {target} from '../../scripts/lib/tools.mjs';

const script = path.resolve(process.env.TREEBOT_WASM ?? target('bench/wasm/treebot_bench.js'));
const wasm = script.replace(/\.js$/, '_bg.wasm');
const isThere = existsSync(script) && existsSync(wasm);

export const title = 'Treebot, wasm';
export const about = 'the engine in wasm; the whole reply crosses into JavaScript';
export const grows = true;
export const sentences = true;
export const typos = true;

export const missing = () =>
  isThere ? undefined : `${path.basename(script)} and its wasm are not built (TREEBOT_WASM says where they are)`;
export const download = () => [script, wasm];

let found;
/** The package, whichever target it was made for. */
async function engine() {
  if (!found) {
    const made = await import(pathToFileURL(script));
    found = made.default?.load ? made.default : made;
    if (typeof made.initSync === 'function') made.initSync({module: readFileSync(wasm)});
  }
  return found;
}

// Importing it is not loading a tree.
const treebot = isThere && process.argv[1]?.endsWith('child.mjs') ? await engine() : undefined;

export function load(source) {
  const bot = treebot.load(source);
  return {
    start: () => bot.start(),
    message: (state, text) => bot.message(state, text),
    ...(bot.stored && {stored: (events, texts) => bot.stored(events, texts)}),
  };
}

const task =
  (name) =>
  ({source, conversations}) =>
    treebot[name]?.(readFileSync(source, 'utf8'), conversations);
export const tasks = {keystroke: task('keystroke'), resolve: task('resolve'), compiled: task('compiled')};
