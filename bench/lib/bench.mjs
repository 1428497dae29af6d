// One run: everybody says the same first, then the workloads, each in interleaved rounds, then the report.

import {mkdtempSync, rmSync} from 'node:fs';
import {availableParallelism, loadavg, tmpdir} from 'node:os';
import path from 'node:path';
import {Stop, step} from '../../scripts/lib/run.mjs';
import {at} from '../../scripts/lib/tools.mjs';
import {compare} from './compare.mjs';
import {contestants, YARDSTICK} from './contestants.mjs';
import {downloads} from './downloads.mjs';
import {measure} from './measure.mjs';
import {report} from './report.mjs';
import {Run} from './result.mjs';
import {writeAround} from './sections.mjs';
import {sources} from './sources.mjs';
import {workloads} from './workloads.mjs';

/**
 * Milliseconds: to get warm, to measure messages, to measure loading. `limit` is for one process, `share` for all the
 * rounds of one contestant's loading.
 */
const FULL = {rounds: 5, warm: 200, measure: 100, loading: 300, limit: 40_000, share: 6000};
const QUICK = {rounds: 1, warm: 20, measure: 20, loading: 20, limit: 40_000, share: 2000};

const DOWNLOAD = 'download';

/** @returns {Promise<boolean>} whether every contestant that took part gave the same transcripts */
export async function bench({quick, only, workload: chosen, write}) {
  const begun = Date.now();
  const [busy] = loadavg();
  const crowd = busy > availableParallelism() / 2 ? busy : undefined;
  if (crowd) console.log(`· The machine is busy (load ${busy.toFixed(1)}): the figures will be rough.`);
  const list = choose('workload', workloads({quick}), chosen, [DOWNLOAD]);
  const all = choose('contestant', await contestants(), only && [YARDSTICK, ...only]);
  const {players, absent} = await gather(all);
  const folder = mkdtempSync(path.join(tmpdir(), 'treebot-bench-'));
  try {
    const run = new Run({folder, times: quick ? QUICK : FULL, players});
    await step('writing the trees in the languages of the contestants', () => sources(run, list));
    await step('comparing transcripts', () => compare(run, list));
    for (const workload of list) await step(workload.title, () => measure(run, workload));
    const sizes = !chosen || chosen.includes(DOWNLOAD) ? await downloads(players) : [];
    const seconds = (Date.now() - begun) / 1000;
    const text = report({run, list, absent, sizes, quick, seconds, crowd});
    console.log(`\n${text}`);
    if (write) writeAround(at(write), text);
    return run.problems.length === 0;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

function choose(what, all, names, others = []) {
  if (!names) return all;
  for (const name of names) {
    if (!others.includes(name) && !all.some((one) => one.name === name)) {
      const known = [...all.map(({name}) => name), ...others].join(', ');
      throw new Stop(`there is no ${what} \`${name}\`; there are ${known}`);
    }
  }
  return all.filter(({name}) => names.includes(name));
}

/** Those who can take part, built where that is needed, and the others, each with the reason why not. */
async function gather(all) {
  const players = [];
  const absent = [];
  for (const contestant of all) {
    let {missing} = contestant;
    try {
      if (!missing) await contestant.prepare?.();
    } catch (error) {
      console.log(error.output ?? '');
      missing = error.message;
    }
    if (!missing) players.push(contestant);
    else {
      console.log(`· ${contestant.name} does not take part: ${missing}`);
      absent.push({...contestant, missing});
    }
  }
  return {players, absent};
}
