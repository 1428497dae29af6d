// Many people at once, while the store and Graph are slow and fail: is anything lost, doubled, or answered wrongly?

import {stormy} from './faults.mjs';
import {prefix, stand} from './stand.mjs';
import {percentile, talk} from './talk.mjs';

/** @returns for each player what became of the inputs, and how the Worker answered */
export async function load(players, {conversations, inputs, folder}) {
  const results = new Map();
  for (const player of players) {
    const one = await stand(player, stormy(), folder);
    try {
      results.set(player.name, await stormed(one, conversations, inputs));
    } finally {
      await one.close();
    }
  }
  return results;
}

async function stormed(one, conversations, inputs) {
  const {meta, graph, store, player} = one;
  const begun = performance.now();
  // Every tenth delivery comes twice at the same moment, and every seventeenth once more when it is answered.
  const again = (n) => ({twice: n % 10 === 0, later: n % 17 === 0});
  const {tally, who} = await talk(one, conversations, {inputs, people: 32, again});
  const ms = performance.now() - begun;
  const count = (wanted) => meta.answers.filter(({status}) => wanted(status)).length;
  const answered = meta.answers.filter(({status}) => status === 200).map((answer) => answer.ms);
  return {
    tally,
    rate: (meta.answers.length * 1000) / ms,
    p50: percentile(answered, 50),
    p99: percentile(answered, 99),
    deliveries: meta.answers.length,
    again: count((status) => status === 503),
    errors: count((status) => status !== undefined && status !== 200 && status !== 503),
    silent: count((status) => status === undefined),
    calls: graph.calls,
    failedCalls: graph.failed,
    refused: graph.refused,
    ...(player.keepsEvents && history(store, who)),
  };
}

/** How many inputs have no event in the store, and how many have more than one. */
function history(store, who) {
  let missing = 0;
  let extra = 0;
  for (const {person, inputs} of who) {
    const ids = store.keys.filter((key) => key.startsWith(prefix(person))).map((key) => key.split(':').at(-1));
    extra += ids.length - new Set(ids).size;
    missing += Math.max(0, inputs - new Set(ids).size);
  }
  return {missing, extra};
}
