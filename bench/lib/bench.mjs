// One run: everybody says the same first, then the workloads, each in interleaved rounds, then the report.

import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {Stop, step} from '../../scripts/lib/run.mjs';
import {at} from '../../scripts/lib/tools.mjs';
import {contestants, perform, YARDSTICK} from './contestants.mjs';
import {expected} from './conversations.mjs';
import {downloads} from './downloads.mjs';
import {report} from './report.mjs';
import {median} from './statistics.mjs';
import {workloads} from './workloads.mjs';

/** Milliseconds: to get warm, to measure messages, to measure loading. `limit` is for one process, `share` for all the rounds of one contestant's loading. */
const FULL = {rounds: 5, warm: 200, measure: 100, loading: 600, limit: 40_000, share: 10_000};
const QUICK = {rounds: 1, warm: 20, measure: 20, loading: 20, limit: 40_000, share: 2000};

/** @returns {Promise<boolean>} whether every contestant that took part gave the same transcripts */
export async function bench({quick, only, workload: chosen, write}) {
  const times = quick ? QUICK : FULL;
  const begun = Date.now();
  const list = choose('workload', workloads({quick}), chosen, ['download']);
  const all = await contestants();
  const players = choose('contestant', all, only && [YARDSTICK, ...only]).filter(({missing}) => !missing);
  const absent = all.filter(({missing}) => missing);
  for (const {name, missing} of absent) console.log(`· ${name} does not take part: ${missing}`);

  const folder = mkdtempSync(path.join(tmpdir(), 'treebot-bench-'));
  try {
    const run = {folder, times, results: new Map(), problems: []};
    for (const player of [...players]) {
      try {
        await player.prepare?.();
      } catch (error) {
        console.log(`· ${player.name} does not take part: ${error.message}\n${error.output ?? ''}`);
        absent.push({...player, missing: error.message});
        players.splice(players.indexOf(player), 1);
      }
    }
    await step('writing the trees in the languages of the contestants', () => sources(run, players, list));
    await step('comparing transcripts', () => compare(run, players, list));
    for (const workload of list) await step(workload.title, () => measure(run, players, workload));
    const sizes = !chosen || chosen.includes('download') ? await downloads(players) : [];
    const text = report({
      list,
      players,
      absent,
      results: run.results,
      problems: run.problems,
      sizes,
      times,
      quick,
      seconds: (Date.now() - begun) / 1000,
    });
    console.log(`\n${text}`);
    if (write) writeFileSync(at(write), text);
    return run.problems.length === 0;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

function choose(what, all, names, others = []) {
  if (!names) return all;
  for (const name of names) {
    if (!others.includes(name) && !all.some((one) => one.name === name)) {
      throw new Stop(
        `there is no ${what} \`${name}\`; there are ${[...all.map(({name}) => name), ...others].join(', ')}`,
      );
    }
  }
  return all.filter(({name}) => names.includes(name));
}

/** Whether a contestant does a workload at all. */
export const takesPart = (player, workload) =>
  (!player.only || player.only.includes(workload.kind)) &&
  (!workload.for || workload.for(player) || (player.name === YARDSTICK && workload.unit !== 'time'));

const resultOf = (run, player, workload, index) => {
  const key = `${player.name} ${workload.name} ${index}`;
  if (!run.results.has(key)) run.results.set(key, {rounds: []});
  return run.results.get(key);
};

/** Each tree in each contestant's own language, as files; made by a process of its own, so that nothing is warm from it. */
async function sources(run, players, list) {
  run.sources = new Map();
  const wanted = new Map();
  for (const workload of list) {
    for (const {tree} of workload.columns) {
      wanted.set(tree.name, {
        tree,
        players: new Set([
          ...(wanted.get(tree.name)?.players ?? []),
          ...players.filter((player) => takesPart(player, workload)),
        ]),
      });
    }
  }
  const translators = await contestants();
  for (const {tree, players} of wanted.values()) {
    const yaml = path.join(run.folder, `${tree.name}.yaml`);
    writeFileSync(yaml, tree.source);
    const outline = path.join(run.folder, `${tree.name}.outline.json`);
    const made = new Map();
    for (const player of players) {
      const by = player.sourceOf ? translators.find(({name}) => name === player.sourceOf) : player;
      if (!made.has(by.name)) made.set(by.name, await translated(run, by, tree, {yaml, outline}));
      const {file, why} = made.get(by.name);
      if (file) run.sources.set(`${player.name} ${tree.name}`, file);
      else run.problems.push(`${player.name} cannot have the tree ${tree.name}: ${why}`);
    }
  }
}

async function translated(run, by, tree, {yaml, outline}) {
  if (!by.translate) return {file: yaml};
  if (!existsSync(outline)) writeFileSync(outline, JSON.stringify(tree.outline()));
  const into = path.join(run.folder, `${tree.name}.${by.name}.${by.extension}`);
  const job = {kind: 'translate', parts: [{outline, yaml, into}]};
  // Translating is the harness's work, in JavaScript, whatever the contestant itself is.
  const {why} = await perform({...by, command: undefined}, job, {folder: run.folder, limit: 2 * run.times.limit});
  return why ? {why} : {file: into};
}

/** A contestant that says something else than the outline is out of that workload, and is named in the report. */
async function compare(run, players, list) {
  for (const player of players) {
    const columns = list
      .filter((workload) => workload.kind === 'messages' && takesPart(player, workload))
      .flatMap((workload) =>
        workload.columns.map((column, index) => ({column, result: resultOf(run, player, workload, index)})),
      )
      .filter(({column}) => column.paths && run.sources.has(`${player.name} ${column.tree.name}`));
    if (!columns.length) continue;
    const parts = columns.map(({column}) => ({
      source: run.sources.get(`${player.name} ${column.tree.name}`),
      conversations: column.conversations,
    }));
    const {answers, why} = await perform(
      player,
      {kind: 'transcripts', parts},
      {folder: run.folder, limit: run.times.limit},
    );
    for (const [index, {column, result}] of columns.entries()) {
      const outline = column.tree.outline();
      const wanted = column.paths.map((labels) => expected(outline, labels));
      const got = answers[index]?.transcripts;
      if (isDeepStrictEqual(got, wanted)) continue;
      result.why = got ? 'another transcript' : (why ?? 'no transcript');
      run.problems.push(`${player.name}, ${column.tree.name}: ${got ? difference(column, got, wanted) : result.why}`);
    }
  }
}

function difference({conversations}, got, wanted) {
  for (const [n, replies] of wanted.entries()) {
    for (const [m, reply] of replies.entries()) {
      if (isDeepStrictEqual(got[n]?.[m], reply)) continue;
      const said = m ? `\`${conversations[n].slice(0, m).join('`, `')}\`` : 'the start';
      return `after ${said} it says ${JSON.stringify(got[n]?.[m])} instead of ${JSON.stringify(reply)}`;
    }
  }
  return 'it says something else';
}

/** All rounds of one workload: in each round everybody once, in a fresh process, beginning with another one each time. */
async function measure(run, players, workload) {
  const {times} = run;
  const here = players.filter((player) => takesPart(player, workload));
  const spent = new Map();
  for (let round = 0; round < Math.min(times.rounds, workload.rounds ?? Infinity); round++) {
    for (let n = 0; n < here.length; n++) {
      const player = here[(n + round) % here.length];
      for (const group of groups(workload)) {
        const open = group.filter((index) => {
          const result = resultOf(run, player, workload, index);
          return (
            !result.why && !result.enough && run.sources.has(`${player.name} ${workload.columns[index].tree.name}`)
          );
        });
        if (!open.length) continue;
        const parts = open.map((index) => {
          const {tree, conversations, events} = workload.columns[index];
          return {
            source: run.sources.get(`${player.name} ${tree.name}`),
            conversations,
            events,
            yaml: path.join(run.folder, `${tree.name}.yaml`),
          };
        });
        const began = Date.now();
        const job = {
          kind: workload.kind,
          parts,
          warm_ms: times.warm,
          measure_ms: workload.kind === 'messages' ? times.measure : times.loading,
        };
        const {answers, why} = await perform(player, job, {folder: run.folder, limit: times.limit});
        const took = Date.now() - began;
        for (const [at, index] of open.entries()) {
          const result = resultOf(run, player, workload, index);
          const answer = answers[at];
          if (!answer) result.why ??= why ?? 'no answer';
          else if (answer.skipped) result.why = answer.skipped;
          else {
            result.rounds.push(answer.ns ? median(answer.ns) : answer);
            if (answer.bytes !== undefined) result.bytes = answer.bytes;
          }
          // What takes seconds is not measured again when its share of the time is used up.
          const key = `${player.name} ${index}`;
          spent.set(key, (spent.get(key) ?? 0) + took);
          if (spent.get(key) > times.share && answer) result.enough = true;
        }
      }
    }
  }
}

/** The columns that one process does together. Loading and memory want a process each: what was loaded before would count. */
const groups = ({kind, columns}) =>
  kind === 'messages' ? [[...columns.keys()]] : [...columns.keys()].map((index) => [index]);
