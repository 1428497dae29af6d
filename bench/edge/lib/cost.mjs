// What a request costs: the time that workerd computes, in rounds, everybody once in each.

import {calm} from './faults.mjs';
import {stand, taken} from './stand.mjs';
import {percentile, talk} from './talk.mjs';

/** @returns for each player its rounds: milliseconds of computing per input, and what else was seen */
export async function cost(players, {conversations, rounds, inputs, warm, folder}) {
  const stands = await Promise.all(players.map((player) => stand(player, calm, folder)));
  try {
    for (const one of stands) await talk(one, conversations, {inputs: warm});
    const results = new Map(players.map((player) => [player.name, []]));
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < stands.length; n++) {
        const one = stands[(n + round) % stands.length];
        results.get(one.player.name).push(await measured(one, conversations, inputs));
      }
    }
    return results;
  } finally {
    await Promise.all(stands.map((one) => one.close()));
  }
}

async function measured(one, conversations, inputs) {
  const {store, graph, meta, runtime} = one;
  const before = {store: store.calls, graph: graph.calls, lines: runtime.lines};
  meta.answers = [];
  const {done, cpu, ms} = await taken(one, () => talk(one, conversations, {inputs}));
  const made = done.tally.inputs;
  const times = meta.answers.map((answer) => answer.ms);
  return {
    cpu: cpu / made,
    rate: (made * 1000) / ms,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
    store: (store.calls - before.store) / made,
    graph: (graph.calls - before.graph) / made,
    lines: (runtime.lines - before.lines) / made,
    tally: done.tally,
    refused: graph.refused,
  };
}
