// What a Worker adds to the start of its isolate: from the start of workerd to the first answer, beside an empty Worker.

import {calm} from './faults.mjs';
import {body, Meta} from './meta.mjs';
import {stand} from './stand.mjs';
import {serve, spent} from './workerd.mjs';

/** @returns for each player its runs: milliseconds of the clock and of computing, beyond those of the empty Worker */
export async function cold(players, {runs, folder}) {
  const results = new Map(players.map(({name}) => [name, []]));
  const stands = await Promise.all(players.map((player) => stand(player, calm, folder)));
  try {
    for (const one of stands) await one.runtime.stop();
    for (let run = 0; run < runs; run++) {
      for (let n = 0; n < stands.length; n++) {
        const one = stands[(n + run) % stands.length];
        results.get(one.player.name).push(await first(one.file));
      }
    }
  } finally {
    await Promise.all(stands.map((one) => one.close()));
  }
  return results;
}

/** One start, to the answer to a signed delivery of nothing: the signature is checked and the tree is there. */
async function first(file) {
  const begun = performance.now();
  const runtime = serve(file);
  try {
    const {port} = await runtime.ready;
    const meta = new Meta(port);
    const {status} = await meta.post(body([]));
    const [ms, cpu] = [performance.now() - begun, spent(runtime.pid)];
    meta.close();
    if (status !== 200) throw new Error(`the first answer is ${status}`);
    return {ms, cpu};
  } finally {
    await runtime.stop();
  }
}
