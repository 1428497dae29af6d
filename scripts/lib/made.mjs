// The two things that are built, each only when something that it is made from has changed.

import {existsSync} from 'node:fs';
import path from 'node:path';
import {RunFailed, step} from './run.mjs';
import {wasmToolchain} from './setup.mjs';
import {digest, isFresh, mark, unmark} from './stamp.mjs';
import {at, target} from './tools.mjs';

const ALWAYS = ['Cargo.toml', 'Cargo.lock', 'package-lock.json', 'scripts', 'engine', 'trees'];

const WORKER = ['worker/Cargo.toml', 'worker/build.rs', 'worker/src'];

/** The site, in web/dist. */
export const site = () =>
  made({
    what: 'the site',
    from: [...ALWAYS, 'messenger', 'web'],
    into: 'web/dist/index.html',
    stamp: 'node_modules/.cache/treebot/site',
    how: async () => {
      const {buildWeb} = await import('../build-web.mjs');
      await buildWeb({release: true});
    },
  });

/** The Worker, in worker/build. */
export const worker = () =>
  made({
    what: 'the Worker',
    from: [...ALWAYS, 'messenger', ...WORKER],
    into: 'worker/build',
    stamp: 'node_modules/.cache/treebot/worker',
    how: async () => {
      const {buildWorker} = await import('../build-worker.mjs');
      await buildWorker();
    },
  });

/** Where the Worker of the end-to-end tests is: the same, with the small tree that their bodies are written for. */
export const fixtureWorkerFolder = target('e2e/worker');

/** The Worker of the end-to-end tests. */
export const fixtureWorker = () =>
  made({
    what: 'the Worker with the tree of its tests',
    from: [...ALWAYS, 'messenger', ...WORKER],
    into: fixtureWorkerFolder,
    stamp: 'node_modules/.cache/treebot/fixture-worker',
    how: async () => {
      const {buildWorker} = await import('../build-worker.mjs');
      await buildWorker({env: {TREEBOT_TREE: 'messenger/tests/fixtures/tree.yaml'}, into: fixtureWorkerFolder});
    },
  });

const tried = new Map();

/** Makes a thing at most once in a run. Whoever asks again for what could not be made is told just that. */
function made(thing) {
  const before = tried.get(thing.what);
  if (before) return before.catch(() => Promise.reject(new RunFailed(`${thing.what} does not build: see above`, '')));
  const attempt = make(thing);
  tried.set(thing.what, attempt);
  return attempt;
}

async function make({what, from, into, stamp, how}) {
  const toolchain = await wasmToolchain();
  const wanted = digest(...from, {words: [toolchain.stamp]});
  if (existsSync(path.resolve(at('.'), into)) && isFresh(stamp, wanted)) {
    console.log(`✓ ${what} is up to date`);
    return;
  }
  unmark(stamp);
  await step(`building ${what}`, how);
  mark(stamp, wanted);
}
