// Bot Framework's choices: the walker over the tree, but what was typed is understood by `recognizeChoices`, as the
// SDK's ChoicePrompt does it (words in a sentence, "the second one", "2").
//
// Of the SDK only this function is called, and only it is loaded: the rest is about channels and servers.

import {createRequire} from 'node:module';

const require = createRequire(import.meta.url);
const {recognizeChoices} = require('botbuilder-dialogs/lib/choices/recognizeChoices.js');

export const title = 'botbuilder choices';
export const about = '`recognizeChoices` of botbuilder-dialogs, called alone, over the outline';
export const from = 'npm:botbuilder-dialogs';
export const extension = 'json';
export const only = ['messages'];
export const sentences = true;
export const bundle = `export {recognizeChoices} from 'botbuilder-dialogs/lib/choices/recognizeChoices.js'`;

/** Nodes with their choices, as one writes them in code. */
export const translate = (outline) => JSON.stringify(outline.nodes);

export function load(source) {
  const nodes = JSON.parse(source);
  for (const node of nodes) node.choices = node.answers.map(({label}) => label);

  const reply = (messages, index) => ({
    reply: {messages, choices: nodes[index].choices},
    state: JSON.stringify({node: index}),
  });

  return {
    start: () => reply(nodes[0].says, 0),

    message(state, text) {
      const {node: index} = JSON.parse(state);
      const {says, choices, answers} = nodes[index];
      if (!choices.length) return reply(['That was the end.'], index);
      // ChoicePrompt takes the first of what was recognised.
      const [found] = recognizeChoices(text, choices);
      if (!found) return reply([`Sorry, I didn't understand.`, ...says], index);
      const {to} = answers[found.resolution.index];
      return reply(nodes[to].says, to);
    },
  };
}
