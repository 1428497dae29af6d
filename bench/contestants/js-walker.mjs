// The yardstick: a tree walker as one writes it by hand in JavaScript, plainly, in one sitting.
//
// Its state is the answers that were taken. It understands a label or its number, and nothing else.

import {load as parse} from 'js-yaml';

export const title = 'JS walker';
export const about = 'js-yaml and 60 lines of JavaScript; its state is the list of answers';
export const from = 'npm:js-yaml';
export const bundle = `export {load} from './contestants/js-walker.mjs'`;

export const load = (source) => walker(parse(source));

export function walker(tree) {
  const named = names(tree);

  /** What is said when `answer` is taken, and the question that then waits, if any. */
  function arrive(answer) {
    const messages = says(answer);
    let node = answer;
    while (node.goto !== undefined && node.answers === undefined) {
      node = named[node.goto];
      messages.push(...says(node));
    }
    return {messages, node};
  }

  /** The answer that a question leads to; one without a way on takes its question's `goto`. */
  function taken(question, key) {
    const answer = question.answers[key];
    if (question.goto === undefined || answer.answers !== undefined || answer.goto !== undefined) return answer;
    return {say: says(answer), goto: question.goto};
  }

  const reply = (messages, node, path) => ({
    reply: {messages, choices: Object.entries(node.answers ?? {}).map(([key, answer]) => answer.label ?? key)},
    state: JSON.stringify(path),
  });

  return {
    start() {
      const {messages, node} = arrive(tree);
      return reply(messages, node, []);
    },

    message(state, text) {
      const path = JSON.parse(state);
      let {node} = arrive(tree);
      for (const key of path) ({node} = arrive(taken(node, key)));
      if (node.answers === undefined) return reply(['That was the end.'], node, path);

      const said = text.trim().toLowerCase();
      const found = Object.entries(node.answers).find(
        ([key, answer], index) => (answer.label ?? key).toLowerCase() === said || String(index + 1) === said,
      );
      if (!found) return reply([`Sorry, I didn't understand.`, ...says(node)], node, path);
      const next = arrive(taken(node, found[0]));
      return reply(next.messages, next.node, [...path, found[0]]);
    },
  };
}

/** What a node says, as a list of its own. */
export function says(node) {
  if (typeof node === 'string') return [node];
  if (node.say === undefined) return [];
  return Array.isArray(node.say) ? [...node.say] : [node.say];
}

/** Everything that `goto` can lead to: the start, shared nodes, and questions with an id. */
export function names(tree) {
  const named = {start: tree, ...tree.nodes};
  const waiting = Object.values(named);
  while (waiting.length) {
    const node = waiting.pop();
    if (node.id !== undefined) named[node.id] = node;
    if (node.answers) waiting.push(...Object.values(node.answers));
  }
  return named;
}
