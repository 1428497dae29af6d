// One run: each part with those who take part in it, then the report.

import {mkdtempSync, rmSync} from 'node:fs';
import {availableParallelism, loadavg, tmpdir} from 'node:os';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {Stop, step} from '../../../scripts/lib/run.mjs';
import {at} from '../../../scripts/lib/tools.mjs';
import {writeSection} from '../../lib/sections.mjs';
import {cold} from './cold.mjs';
import {another, CONTESTANTS} from './contestants.mjs';
import {cost} from './cost.mjs';
import {events} from './events.mjs';
import {load} from './load.mjs';
import {conversations} from './people.mjs';
import {report} from './report.mjs';

const FULL = {
  load: {inputs: 3000},
  cost: {rounds: 9, inputs: 2000, warm: 3000},
  events: {rounds: 5, inputs: 400, counts: [10, 10_000]},
  cold: {runs: 25},
};
const QUICK = {
  load: {inputs: 400},
  cost: {rounds: 3, inputs: 400, warm: 600},
  events: {rounds: 2, inputs: 100, counts: [10, 1000]},
  cold: {runs: 5},
};

const PARTS = {
  cost: ['what a request costs', cost],
  events: ['the same after many events', events],
  cold: ['starting', cold],
  load: ['load and faults', load],
  size: ['what is uploaded', sizes],
};

/** @returns {Promise<boolean>} whether Treebot lost nothing and answered rightly */
export async function bench({quick, part: parts, beside, write}) {
  const begun = Date.now();
  const chosen = parts ?? Object.keys(PARTS);
  const unknown = chosen.find((part) => !(part in PARTS));
  if (unknown) throw new Stop(`there is no part \`${unknown}\`; there are ${Object.keys(PARTS).join(', ')}`);
  const crowd = loadavg()[0];
  const folder = mkdtempSync(path.join(tmpdir(), 'treebot-edge-'));
  try {
    const players = [];
    for (const player of [...CONTESTANTS, ...(beside ? [another(beside)] : [])])
      players.push({...player, modules: await player.modules()});
    const list = spread(conversations());
    const results = {};
    for (const part of chosen) {
      const [title, measure] = PARTS[part];
      const taking = players.filter(({does}) => part === 'size' || does.includes(part));
      const options = {...(quick ? QUICK : FULL)[part], conversations: list, folder};
      results[part] = await step(title, () => measure(taking, options));
    }
    const seconds = (Date.now() - begun) / 1000;
    const crowds = [crowd, loadavg()[0]].map((load) => load.toFixed(1));
    const busy = Math.max(...crowds) > availableParallelism();
    const {text, problems} = report({
      players,
      results,
      quick,
      seconds,
      crowds,
      busy,
      counts: (quick ? QUICK : FULL).events.counts,
    });
    console.log(`\n${text}`);
    if (write) writeSection(at(write), 'edge', text);
    return problems.length === 0;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** In a fixed order in which neighbours have little in common, so that any part of the list has something of all. */
function spread(list) {
  const step = Math.max(1, Math.floor(list.length * 0.618));
  const coprime = (n) => (gcd(n, list.length) === 1 ? n : coprime(n + 1));
  const by = coprime(step);
  return list.map((_, n) => list[(n * by) % list.length]);
}

const gcd = (a, b) => (b ? gcd(b, a % b) : a);

/** What is uploaded, compressed as wrangler counts it. */
function sizes(players) {
  const gzip = (content) => gzipSync(content).length;
  const size = ({modules}) => modules.reduce((sum, {content}) => sum + gzip(content), 0);
  return new Map(players.map((player) => [player.name, size(player)]));
}
