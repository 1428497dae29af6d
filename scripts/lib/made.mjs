// The two things that are built, each only when something that it is made from has changed.

import {existsSync} from 'node:fs';
import {RunFailed, step} from './run.mjs';
import {wasmToolchain} from './setup.mjs';
import {digest, isFresh, mark, unmark} from './stamp.mjs';
import {at} from './tools.mjs';

const ALWAYS = ['Cargo.toml', 'Cargo.lock', 'package-lock.json', 'scripts', 'engine', 'trees'];

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
    from: [...ALWAYS, 'messenger', 'worker', 'wrangler.toml'],
    into: 'worker/build',
    stamp: 'node_modules/.cache/treebot/worker',
    how: async () => {
      const {buildWorker} = await import('../build-worker.mjs');
      await buildWorker();
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
  if (existsSync(at(into)) && isFresh(stamp, wanted)) {
    console.log(`✓ ${what} is up to date`);
    return;
  }
  unmark(stamp);
  await step(`building ${what}`, how);
  mark(stamp, wanted);
}
