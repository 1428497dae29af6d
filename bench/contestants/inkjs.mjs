// ink's runtime in JavaScript, from a story that is compiled beforehand, as its documentation advises for the web.
//
// ink has no typed text: choices are picked by number. So the words are compared here, with the choices that wait.

import {Story} from 'inkjs';
import {Compiler} from 'inkjs/full';
import {ink} from '../lib/ink.mjs';

export const title = 'inkjs';
export const about = 'one Story, whose state is loaded from JSON before each message and saved after it';
export const from = 'npm:inkjs';
export const extension = 'ink.json';
export const bundle = `export {Story} from 'inkjs'`;

export const translate = (outline) => new Compiler(ink(outline)).Compile().ToJson();

export const load = (source) => play(new Story(source));

export function play(story) {
  const first = story.state.ToJson();

  function reply(sorry = []) {
    const messages = sorry;
    while (story.canContinue) messages.push(story.Continue().trimEnd());
    return {
      reply: {messages, choices: story.currentChoices.map(({text}) => text)},
      state: story.state.ToJson(),
    };
  }

  return {
    start() {
      story.state.LoadJson(first);
      return reply();
    },

    message(state, text) {
      story.state.LoadJson(state);
      const said = text.trim().toLowerCase();
      const found = story.currentChoices.findIndex(
        (choice, index) => choice.text.toLowerCase() === said || String(index + 1) === said,
      );
      if (found === -1) return reply([`Sorry, I didn't understand.`]);
      story.ChooseChoiceIndex(found);
      return reply();
    },
  };
}
