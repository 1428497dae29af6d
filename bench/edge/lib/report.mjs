// The section about the Worker, as markdown: what was measured, and whether it is what it is to be.

import {cpus} from 'node:os';
import {figure, markdown} from '../../lib/markdown.mjs';
import {median, spread} from '../../lib/statistics.mjs';
import {YARDSTICK} from './contestants.mjs';

/** What is wanted: ratios, milliseconds, bytes. */
const GOALS = {cost: 1.15, cold: 10, size: 300_000};

/** @returns {{text: string, problems: string[]}} problems are what no Worker of ours may ever do */
export function report({players, results, quick, seconds, crowds, busy, counts}) {
  const [cpu] = cpus();
  const lines = [
    '## The Worker at the edge',
    '',
    `Measured by \`npm run bench:edge\` in one run of ${Math.round(seconds)} s on ${cpus().length} × ${cpu?.model.trim()}, on workerd, the runtime itself; load of the machine ${crowds[0]} before and ${crowds[1]} after.` +
      ' Each Worker has a workerd of its own; store and Graph API are on the same machine, outside of it. What a request costs is the time that workerd computes, not the time that passes. How it is measured: `bench/README.md`.',
    '',
  ];
  if (quick) lines.push('**A quick run: a little of everything, to see that it works. Its figures mean little.**', '');
  else if (busy) lines.push('**The machine was busy with other things: trust the ratios only.**', '');
  const problems = [];
  const of = (part) => players.filter(({name}) => results[part]?.has(name));
  const titleOf = ({title}) => title;
  if (results.cost) lines.push(...costTable(of('cost'), results.cost, problems));
  if (results.events) lines.push(...eventsTable(of('events'), results.events, counts));
  if (results.cold) lines.push(...coldTable(of('cold'), results.cold));
  if (results.load) lines.push(...loadTable(of('load'), results.load, problems));
  if (results.size) {
    const rows = of('size').map((player) => [titleOf(player), figure(results.size.get(player.name) / 1000)]);
    lines.push(`### What is uploaded, in KB, gzip (goal for Treebot: ${GOALS.size / 1000})`, '');
    lines.push(...markdown(['', 'KB'], rows), '');
  }
  lines.push('### Who takes part', '', ...players.map(({title, about}) => `- **${title}**: ${about}`), '');
  if (problems.length) lines.push('### Problems', '', ...problems.map((problem) => `- ${problem}`), '');
  return {text: lines.join('\n'), problems};
}

function costTable(players, results, problems) {
  const yardstick = results.get(YARDSTICK);
  const rows = players.map((player) => {
    const rounds = results.get(player.name);
    const {name, title} = player;
    if (player.answers) problems.push(...wrongs(player, rounds));
    const of = (what) => median(rounds.map((round) => round[what]));
    const mine = `${figure(of('cpu') * 1000)} µs`;
    // Round by round: what slows the machine for a while slows both.
    const ratio = spread(rounds.map(({cpu}, n) => cpu / yardstick[n].cpu));
    const beside = `${ratio.median.toFixed(2)} × (${ratio.least.toFixed(2)} – ${ratio.most.toFixed(2)})`;
    return [
      title,
      mine,
      name === YARDSTICK ? '1' : beside,
      figure(of('rate')),
      `${figure(of('p50'))} ms`,
      `${figure(of('p99'))} ms`,
      of('store').toFixed(1),
      of('graph').toFixed(1),
      of('lines').toFixed(1),
    ];
  });
  const head = [
    '',
    'CPU of a request',
    'beside the JS Worker',
    'requests/s',
    'p50',
    'p99',
    'KV calls',
    'Graph calls',
    'log lines',
  ];
  return [
    `### One delivery of one input (goal: ${GOALS.cost} ×)`,
    '',
    'Eight people at a time, who type and tap their way through the visa tree. The medians of the rounds; in brackets the least and the most.',
    '',
    ...markdown(head, rows),
    '',
  ];
}

/** What a Worker that answers rightly never does. */
function wrongs({name, title}, rounds) {
  const found = [];
  for (const {tally, refused} of rounds) {
    for (const what of ['untaken', 'lost', 'doubled', 'wrong']) {
      if (tally[what])
        found.push(`${title}: ${tally[what]} inputs ${what}${tally.example ? `: ${tally.example}` : ''}`);
    }
    if (refused.length) found.push(`${title}: Graph refuses: ${refused[0]}`);
  }
  return name === 'treebot' || name === YARDSTICK ? [...new Set(found)] : [];
}

function eventsTable(players, results, counts) {
  const rows = players.map(({name, title}) => {
    const columns = results.get(name);
    const [few] = columns;
    const cells = columns.map((rounds, column) => {
      const mine = `${figure(median(rounds) * 1000)} µs`;
      return column ? `${mine}, ${median(rounds.map((cpu, n) => cpu / few[n])).toFixed(2)} ×` : mine;
    });
    return [title, ...cells];
  });
  return [
    '### The same when its person has said much before (goal: 1 ×)',
    '',
    'One person at a time; × is the ratio to the first column.',
    '',
    ...markdown(['', ...counts.map((count) => `${count.toLocaleString('en-GB')} events`)], rows),
    '',
  ];
}

function coldTable(players, results) {
  const empty = results.get('empty');
  const rows = players.map(({name, title}) => {
    const runs = results.get(name);
    const of = (what) => median(runs.map((run, n) => run[what] - empty[n][what]));
    const plain = (what) => `${figure(median(runs.map((run) => run[what])))} ms`;
    if (name === 'empty') return [title, plain('ms'), plain('cpu')];
    return [title, `+ ${figure(of('ms'))} ms`, `+ ${figure(of('cpu'))} ms`];
  });
  return [
    `### From the start of workerd to the first answer, beyond an empty Worker (goal: + ${GOALS.cold} ms)`,
    '',
    'The first answer is to a signed delivery of nothing: the signature has been checked, and the tree is there.',
    '',
    ...markdown(['', 'time', 'CPU'], rows),
    '',
  ];
}

function loadTable(players, results, problems) {
  const rows = players.map((player) => {
    const found = results.get(player.name);
    const {tally} = found;
    if (player.name === 'treebot') {
      problems.push(...wrongs(player, [found]));
      if (found.errors) problems.push(`${player.title}: ${found.errors} answers are neither 200 nor 503`);
      if (found.silent) problems.push(`${player.title}: ${found.silent} deliveries got no answer within 5 s`);
      if (found.missing) problems.push(`${player.title}: ${found.missing} inputs are not in the store`);
      if (found.extra) problems.push(`${player.title}: ${found.extra} inputs are in the store twice`);
    }
    return [
      player.title,
      tally.inputs,
      found.deliveries,
      figure(found.rate),
      `${figure(found.p50)} ms`,
      `${figure(found.p99)} ms`,
      found.again,
      found.errors + found.silent,
      tally.failed,
      tally.untaken,
      tally.lost,
      tally.doubled,
      tally.wrong,
      found.missing === undefined ? '' : `${found.missing} / ${found.extra}`,
    ];
  });
  const head = [
    '',
    'inputs',
    'deliveries',
    '/s',
    'p50',
    'p99',
    '503',
    'other errors',
    'refused for good',
    'never taken',
    'lost',
    'doubled',
    'wrong',
    'events missing / twice',
  ];
  return [
    '### Under load, while everything outside is slow and fails',
    '',
    'Thirty-two people at a time. Graph takes 20 to 80 ms, and of its answers 3 % are passing errors, 2 % break off, 2 % take up to 1.5 s, 0.5 % 3 s, 0.5 % ask for fewer calls, 0.5 % say that the person cannot be reached. The store fails 1 % of the time, and shows every third write up to 3 s late. Every tenth delivery comes twice at once, every seventeenth once more later, and what is not answered 200 again, as Meta does it. Someone who gets a wrong answer or none gives up.',
    '',
    ...markdown(head, rows),
    '',
  ];
}
