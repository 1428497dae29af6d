// Each tree in each contestant's own language, as files in the run's folder; nothing of it is ever kept.

import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {contestants, perform} from './contestants.mjs';

export async function sources(run, list) {
  const translators = await contestants();
  for (const [tree, players] of wanted(run, list)) {
    const yaml = yamlOf(run, tree);
    writeFileSync(yaml, tree.source);
    const made = new Map();
    for (const player of players) {
      const by = player.sourceOf ? translators.find(({name}) => name === player.sourceOf) : player;
      if (!made.has(by.name)) made.set(by.name, await translated(run, by, tree, yaml));
      const {file, why} = made.get(by.name);
      if (file) run.setSource(player, tree, file);
      else run.problems.push(`${player.name} cannot have the tree ${tree.name}: ${why}`);
    }
  }
}

/** Where the YAML of a tree is. */
export const yamlOf = (run, tree) => path.join(run.folder, `${tree.name}.yaml`);

/** Every tree that is needed, with those who need it. */
function wanted(run, list) {
  const all = new Map();
  for (const workload of list) {
    for (const {tree, small} of workload.columns) {
      for (const one of small ? [tree, small] : [tree]) {
        all.set(one, new Set([...(all.get(one) ?? []), ...run.playersOf(workload)]));
      }
    }
  }
  return all;
}

/** A process of its own makes it, so that nothing is warm from it where something is measured. */
async function translated(run, by, tree, yaml) {
  if (!by.translate) return {file: yaml};
  const outline = path.join(run.folder, `${tree.name}.outline.json`);
  if (!existsSync(outline)) writeFileSync(outline, JSON.stringify(tree.outline()));
  const into = path.join(run.folder, `${tree.name}.${by.name}.${by.extension}`);
  const job = {kind: 'translate', parts: [{outline, yaml, into}]};
  // Translating is the harness's work, in JavaScript, whatever the contestant itself is.
  const {why} = await perform({...by, command: undefined}, job, {folder: run.folder, limit: 2 * run.times.limit});
  return why ? {why} : {file: into};
}
