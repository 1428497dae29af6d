// Yarn in JavaScript.
//
// YarnBound cannot save where it stands within a node. Its documentation offers `jump` to a node and variables that can
// be kept outside, so what is stored is the node's title: one node per question makes that exact.

import {createRequire} from 'node:module';
import {yarn} from '../lib/yarn.mjs';

const YarnBound = createRequire(import.meta.url)('yarn-bound');

export const title = 'yarn-bound';
export const about = 'one runner that jumps to the stored node; it parses a node whenever it comes to it';
export const from = 'npm:yarn-bound';
export const extension = 'yarn';
export const bundle = `export {default} from 'yarn-bound'`;

export const translate = (outline) => yarn(outline);

export function load(source) {
  const runner = new YarnBound({dialogue: source});

  /** Reads on to where an option must be chosen, or to the end; returns what was said. */
  function read(messages) {
    for (;;) {
      const {text, options, isDialogueEnd} = runner.currentResult;
      if (options) return messages;
      if (text !== undefined) messages.push(text);
      if (isDialogueEnd) return messages;
      runner.advance();
    }
  }

  function reply(messages) {
    // What YarnBound remembers for a "back" button would grow without end.
    runner.history.length = 0;
    const {options = [], metadata} = runner.currentResult;
    return {
      reply: {messages, choices: options.map(({text}) => text)},
      state: JSON.stringify({node: metadata.title}),
    };
  }

  return {
    start() {
      runner.jump('Start');
      return reply(read([]));
    },

    message(state, text) {
      runner.jump(JSON.parse(state).node);
      read([]);
      const said = text.trim().toLowerCase();
      const {options = []} = runner.currentResult;
      const found = options.findIndex(
        (option, index) => option.text.toLowerCase() === said || String(index + 1) === said,
      );
      if (found === -1) return reply([`Sorry, I didn't understand.`]);
      runner.advance(found);
      return reply(read([]));
    },
  };
}
