// One contestant at work: its Worker in a workerd of its own, with a store and a Graph API of its own.

import {createHmac} from 'node:crypto';
import path from 'node:path';
import {startGraph} from './graph.mjs';
import {Meta, PAGE, SECRETS} from './meta.mjs';
import {startStore} from './store.mjs';
import {describe, serve, spent} from './workerd.mjs';

/** Everything that a Worker is told; Treebot's names, which the others understand too. */
const settings = (graph) => ({...SECRETS, VERIFY_TOKEN: 'the verify token', PAGE_ID: PAGE, GRAPH_API_BASE: graph.base});

/** Sets a contestant up. To be closed. */
export async function stand(player, faults, folder) {
  const [graph, store] = await Promise.all([startGraph(faults), startStore(faults)]);
  const file = describe(path.join(folder, player.name), {...player, settings: settings(graph), kv: store.port});
  const made = {player, graph, store, file};
  await run(made);
  made.restart = async () => {
    await made.runtime.stop();
    await run(made);
  };
  made.close = async () => {
    made.meta.close();
    await made.runtime.stop();
    await Promise.all([graph.close(), store.close()]);
  };
  return made;
}

async function run(made) {
  made.runtime = serve(made.file);
  const {port} = await made.runtime.ready;
  made.meta?.close();
  made.meta = new Meta(port);
}

/** Does some work, and says what it took of workerd: milliseconds of computing, and of the clock. */
export async function taken({runtime}, work) {
  const [before, begun] = [spent(runtime.pid), performance.now()];
  const done = await work();
  return {done, cpu: spent(runtime.pid) - before, ms: performance.now() - begun};
}

/** What Treebot's store calls a person. */
export const prefix = (person) => {
  const who = createHmac('sha256', SECRETS.APP_SECRET).update(`${PAGE}|${person}`).digest('hex').slice(0, 32);
  return `e1:${PAGE}:${who}:`;
};
