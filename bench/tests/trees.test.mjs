// The harness's own parts: trees, outlines, conversations.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {expected, paths, typed} from '../lib/conversations.mjs';
import {outline} from '../lib/outline.mjs';
import {median} from '../lib/statistics.mjs';
import {label, large, wide} from '../lib/trees.mjs';

test('an outline has every `goto` followed', () => {
  const {nodes} = outline(`
say: Where to?
answers:
  here: {say: Here it is., goto: more}
  there:
    id: place
    say: How?
    goto: more
    answers:
      slowly: Slowly then.
      fast: {goto: start}
  again: {goto: place}
nodes:
  more: {say: "More?", answers: {"yes": Good., "no": {goto: start}}}
`);
  const to = (...labels) => {
    let index = 0;
    for (const wanted of labels) index = nodes[index].answers.find(({label}) => label === wanted).to;
    return index;
  };
  assert.deepEqual(nodes[to('here')].says, ['Here it is.', 'More?']);
  assert.deepEqual(nodes[to('there', 'slowly')].says, ['Slowly then.', 'More?']);
  assert.equal(to('here', 'no'), 0, 'the start is one node');
  assert.equal(to('again'), to('there'), 'a named question is one node');
});

test('an outline refuses what it does not know', () => {
  assert.throws(() => outline('say: Hello\nwhen: never\n'), /`when`/);
  assert.throws(() => outline('say: Hello\nanswers: {a: {goto: nowhere}}\n'), /`goto: nowhere` leads nowhere/);
  assert.throws(() => outline('say: [{image: "https://example.org/a.png", alt: A}]\n'), /not images/);
});

test('generated trees have the nodes that they should', () => {
  for (const wanted of [20, 1000, 10_000]) {
    const {source, nodes} = large(wanted);
    assert.equal(outline(source).nodes.length, nodes);
    assert.ok(Math.abs(nodes - wanted) <= wanted / 20, `${nodes} instead of ${wanted}`);
  }
  assert.equal(outline(wide(500)).nodes.length, 501);
});

test('no label of a generated tree is contained in another', () => {
  const labels = Array.from({length: 500}, (_, n) => label(n));
  for (const one of labels)
    assert.deepEqual(
      labels.filter((other) => other.includes(one)),
      [one],
    );
});

test('the first part of a large tree is the same whatever its size', () => {
  const ways = [
    [label(0), label(0)],
    [label(2), label(22)],
  ];
  for (const way of ways) {
    const [small, big] = [20, 1000].map((nodes) => expected(outline(large(nodes).source), way));
    assert.deepEqual(small, big);
  }
});

test('paths end, and what is typed differs from the label in case and blanks only', () => {
  const tree = outline(
    'say: A?\nanswers: {x: {goto: start}, y: {id: q, say: B?, answers: {z: Done., w: {goto: q}}}}\n',
  );
  assert.deepEqual(paths(tree), [['y', 'z']]);
  const ways = [['Yes', 'No'], ['Perhaps']];
  assert.deepEqual(
    typed(ways).map((way) => way.map((text) => text.trim().toLowerCase())),
    [['yes', 'no'], ['perhaps']],
  );
});

test('the median is the middle', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});
