// A tree's source → its outline: what the peers' own sources are generated from.
//
// The outline has every `goto` followed, so that a generator only writes nodes and arrows. It is no second reader of
// the language: it knows what trees to be measured use, and refuses the rest.

import {load} from 'js-yaml';

/**
 * @typedef {{label: string, to: number}} Answer `to` is the index of a node
 * @typedef {{says: string[], answers: Answer[]}} Node an end has no answers
 * @typedef {{nodes: Node[]}} Outline the first node is the start
 */

const KNOWN = new Set(
  'title lang about say answers goto label also was id offer unclear nodes help ended tests'.split(' '),
);

/**
 * @param {string} source a tree as YAML, free of errors
 * @returns {Outline}
 */
export function outline(source) {
  const tree = load(source);
  const named = names(tree);
  const nodes = [];
  const indexes = new Map();

  /** The index of the node that is reached with an answer; made once per place in the source. */
  function reach(written) {
    const {says, ends} = follow(written, named);
    // What says nothing itself is the node that it leads to, and shares its index.
    const key = says.length === texts(ends).length ? ends : written;
    if (typeof key !== 'string' && indexes.has(key)) return indexes.get(key);
    const index = nodes.length;
    const node = {says, answers: []};
    nodes.push(node);
    if (typeof key !== 'string') indexes.set(key, index);
    waiting.push([node, ends]);
    return index;
  }

  const waiting = [];
  reach(tree);
  while (waiting.length) {
    const [node, ends] = waiting.pop();
    for (const [key, answer] of Object.entries(ends?.answers ?? {})) {
      // An answer of a question with a `goto` goes there, unless it leads somewhere itself.
      const onward =
        ends.goto && answer?.answers === undefined && answer?.goto === undefined
          ? {say: texts(answer), goto: ends.goto}
          : answer;
      node.answers.push({label: String(answer?.label ?? key), to: reach(onward)});
    }
  }
  return {nodes};
}

/** Everything that is said from here to where somebody must answer or the conversation ends, and that node. */
function follow(written, named) {
  const says = [...texts(written)];
  let ends = written;
  for (let steps = 0; ends?.goto !== undefined && ends.answers === undefined; steps++) {
    if (steps > 100) throw new Error(`\`goto: ${ends.goto}\` leads in a circle`);
    if (!(ends.goto in named)) throw new Error(`\`goto: ${ends.goto}\` leads nowhere`);
    ends = named[ends.goto];
    says.push(...texts(ends));
  }
  return {says, ends};
}

function names(tree) {
  const named = {start: tree, ...tree.nodes};
  const waiting = Object.values(named);
  while (waiting.length) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    for (const key of Object.keys(node)) {
      if (!KNOWN.has(key)) throw new Error(`the harness does not know the key \`${key}\``);
    }
    if (node.id !== undefined) named[node.id] = node;
    waiting.push(...Object.values(node.answers ?? {}));
  }
  return named;
}

function texts(node) {
  const say = typeof node === 'object' && node !== null ? (node.say ?? []) : String(node ?? '');
  const list = Array.isArray(say) ? say : [say];
  for (const item of list) if (typeof item !== 'string') throw new Error('the harness knows texts, not images');
  return list.map((text) => text.trim());
}
