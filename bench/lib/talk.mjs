// Treebot's packages as contestants have them: web/host/treebot.mjs over the wasm of one of them.

import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';
import {conversations} from '../../web/host/treebot.mjs';
import {files} from './ours.mjs';

/** What is typed to begin again: a command, and the answer to the question whether that is meant. */
const RESTART = ['start again', 'yes'];

/** Some day in 2026, in milliseconds since 1970. */
const BEGUN = 1_780_000_000_000;

/** One of the packages, ready. */
export async function engine(name) {
  const [wasm, script] = files(name);
  const made = await import(pathToFileURL(script));
  const {memory} = made.initSync({module: readFileSync(wasm)});
  return {...made, memory};
}

/** Whether this is the process that does a job: only there the packages are wanted. */
export const isAtWork = process.argv[1]?.endsWith('child.mjs');

/** A loaded tree as the bench wants it. */
export function bot(memory, talk) {
  const talks = conversations(memory, talk);
  let count = 0;
  const when = () => {
    count++;
    return {at: BEGUN + count, id: `m${count}`};
  };
  const message = (state, text) => plain(talks.say(state, text, when()));
  const start = () => plain(talks.begin(when()));
  return {
    start,
    message,
    stored(events, texts) {
      let {state} = start();
      const round = [...texts, ...RESTART];
      for (let rounds = Math.floor(events / round.length); rounds > 0; rounds--) {
        for (const text of round) ({state} = message(state, text));
      }
      return state;
    },
  };
}

/** The texts of a reply. */
function plain({note, messages, choices, state}) {
  const said = note === undefined ? [] : [note];
  for (const {text} of messages) said.push(text);
  return {reply: {messages: said, choices: choices.map(({label}) => label)}, state};
}
