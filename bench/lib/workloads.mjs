// What is measured: each workload is a row of the comparison, each of its columns a tree and what is said to it.

import {readFileSync} from 'node:fs';
import {at} from '../../scripts/lib/tools.mjs';
import {paths, typed} from './conversations.mjs';
import {outline} from './outline.mjs';
import {label, large, wide} from './trees.mjs';

/**
 * @typedef {{title: string, tree: Tree, small?: Tree, paths?: string[][], conversations?: string[][], events?: number}} Column
 *   `paths` are the answers that are taken, `conversations` the same as they are typed
 * @typedef {{name: string, source: string, nodes?: number, outline: () => import('./outline.mjs').Outline}} Tree
 * @typedef {{name: string, title: string, kind: string, columns: Column[], for?: (contestant: object) => boolean, unit?: 'ratio' | 'time', beside?: string, mayRemark?: boolean}} Workload
 *   with `beside`, the name of a workload with the same columns, times are also given as ratios to a contestant's own there;
 *   with `mayRemark` a reply may begin with words of its own about how the message was understood;
 *   `kind` is what a contestant is asked to do; without `for` everybody takes part
 */

const trees = new Map();
function tree(name, source, nodes) {
  if (!trees.has(name)) {
    const text = source();
    let made;
    trees.set(name, {name, source: text, nodes, outline: () => (made ??= outline(text))});
  }
  return trees.get(name);
}

export const visaTree = () => tree('visa', () => readFileSync(at('trees/uk-visa.yaml'), 'utf8'));
const wideTree = (answers) => tree(`wide-${answers}`, () => wide(answers));
const largeTree = (nodes) => tree(`large-${nodes}`, () => large(nodes).source);
/** The same with tests of its own. */
const testedTree = (nodes) => tree(`tested-${nodes}`, () => large(nodes, {tests: true}).source);

const WIDTHS = [5, 50, 500];
/** Answers from the first to the last of a wide question. */
const spread = (answers) => [0, 0.25, 0.5, 0.75, 1].map((part) => label(Math.round(part * (answers - 1))));
/** Ways to an end through the first part of a large tree, which is the same in each. */
const BRANCHES = [
  [label(0), label(0)],
  [label(1), label(11)],
  [label(2), label(22)],
];
const SIZES = [20, 1000, 10_000];
const number = (n) => n.toLocaleString('en-GB');

/** @returns {Workload[]} */
export function workloads({quick}) {
  const visa = visaTree();
  const ways = paths(visa.outline());
  // The history is the same three messages and a restart, over and over: five messages a round.
  const three = ways.find((labels) => labels.length === 3);
  const loads = quick ? [1000] : [1000, 10_000, 100_000];
  const sizes = quick ? [20, 1000] : SIZES;
  const wides = (say) =>
    WIDTHS.map((n) => ({
      title: `${n} answers`,
      tree: wideTree(n),
      paths: spread(n).map((text) => [text]),
      conversations: spread(n).map((text) => [say(text)]),
    }));
  return [
    {
      name: 'visa',
      title: 'One message of the visa conversation',
      kind: 'messages',
      columns: [{title: 'per message', tree: visa, paths: ways, conversations: typed(ways)}],
    },
    {
      name: 'events',
      title: 'The same with stored events, for those whose state grows',
      kind: 'messages',
      for: (contestant) => contestant.grows === true,
      columns: [10, 100, 1000, 10_000].map((events) => ({
        title: `${number(events)} events`,
        tree: visa,
        conversations: typed([three]),
        events,
      })),
    },
    {
      name: 'answers',
      title: 'One message at a question of so many answers, typed exactly',
      kind: 'messages',
      columns: wides((text) => text.toUpperCase()),
    },
    {
      name: 'sentence',
      title: 'The same in a sentence, for those who understand sentences',
      kind: 'messages',
      unit: 'time',
      for: (contestant) => contestant.sentences === true,
      columns: wides((text) => `I want to go to the ${text}, please`),
    },
    {
      name: 'typo',
      title: 'The same in a sentence with a typing error, for those who forgive one',
      kind: 'messages',
      unit: 'time',
      for: (contestant) => contestant.typos === true,
      mayRemark: true,
      columns: wides((text) => `I want to go to the ${text.slice(0, -2)}${text.at(-1)}${text.at(-2)}, please`),
    },
    {
      name: 'size',
      title: 'One message in a tree of so many nodes',
      kind: 'messages',
      columns: sizes.map((n) => ({
        title: `${number(n)} nodes`,
        tree: largeTree(n),
        paths: BRANCHES,
        conversations: typed(BRANCHES),
      })),
    },
    {
      name: 'load',
      title: 'Loading a tree of so many nodes',
      kind: 'load',
      columns: loads.map((n) => ({title: `${number(n)} nodes`, tree: largeTree(n)})),
    },
    {
      name: 'memory',
      title: 'Memory that a loaded tree keeps, as a multiple of the bytes of its YAML',
      kind: 'memory',
      columns: sizes.slice(1).map((n) => ({title: `${number(n)} nodes`, tree: largeTree(n), small: largeTree(20)})),
    },
    // These are about what no peer does: only contestants that name the kind take part.
    {
      name: 'keystroke',
      title: 'A keystroke in the editor: load, resolve and run the tests, with so many nodes',
      kind: 'keystroke',
      unit: 'time',
      for: (contestant) => 'keystroke' in (contestant.tasks ?? {}),
      columns: [500, 5000].map((n) => ({title: `${number(n)} nodes`, tree: testedTree(n)})),
    },
    {
      name: 'resolve',
      title: 'Resolving a place again after an edit, per recorded answer',
      kind: 'resolve',
      unit: 'time',
      for: (contestant) => 'resolve' in (contestant.tasks ?? {}),
      columns: [{title: 'per answer', tree: visa, paths: ways, conversations: typed(ways)}],
    },
    {
      name: 'compiled',
      title: 'Loading a compiled tree of so many nodes',
      kind: 'compiled',
      unit: 'time',
      for: (contestant) => 'compiled' in (contestant.tasks ?? {}),
      columns: loads.map((n) => ({title: `${number(n)} nodes`, tree: largeTree(n)})),
    },
    {
      name: 'parser',
      title: "The YAML parser's events alone, for so many nodes",
      kind: 'parser',
      unit: 'time',
      for: (contestant) => 'parser' in (contestant.tasks ?? {}),
      columns: loads.map((n) => ({title: `${number(n)} nodes`, tree: largeTree(n)})),
    },
    {
      name: 'whole',
      title: 'All of loading in that same build, and its ratio to these events',
      kind: 'whole',
      unit: 'time',
      beside: 'parser',
      for: (contestant) => 'whole' in (contestant.tasks ?? {}),
      columns: loads.map((n) => ({title: `${number(n)} nodes`, tree: largeTree(n)})),
    },
  ];
}
