// Treebot's own programs and packages, built before a run when something that they are made from has changed.

import path from 'node:path';
import {buildEngine} from '../../scripts/build-web.mjs';
import {run, step} from '../../scripts/lib/run.mjs';
import {setup, wasmToolchain} from '../../scripts/lib/setup.mjs';
import {digest, isFresh, mark, unmark} from '../../scripts/lib/stamp.mjs';
import {target} from '../../scripts/lib/tools.mjs';

const once = new Map();
/** Does something at most once in a run. */
function onlyOnce(what, how) {
  if (!once.has(what)) once.set(what, how());
  return once.get(what);
}

/** Where the programs are. They are built for speed, as a server is. */
export const program = (name) => target('bench-speed', name);

export const buildNative = () =>
  onlyOnce('native', () =>
    step('building Treebot for this machine', () =>
      run('cargo', ['build', '--quiet', '--profile', 'bench-speed', '-p', 'treebot-bench']),
    ),
  );

/** The packages, each as it is shipped: `host` reads compiled trees, `yaml` sources too; `tasks` is the bench's own. */
const PACKAGES = {
  host: {features: ['--no-default-features', '--features', 'host']},
  yaml: {features: ['--no-default-features', '--features', 'host,yaml']},
  tasks: {features: [], crate: 'treebot-bench-wasm'},
};

const folder = (name) => target('bench/ours', name);
/** The wasm of a package, and the JavaScript that wasm-bindgen makes for it. */
export const files = (name) => ['treebot_bg.wasm', 'treebot.js'].map((file) => path.join(folder(name), file));
/** What a host downloads beside the wasm, for esbuild. */
export const bundle = (name) =>
  `export * from ${JSON.stringify(files(name)[1])}; export {conversations} from '../web/host/treebot.mjs'`;

const MADE_FROM = ['Cargo.toml', 'Cargo.lock', 'engine', 'web/Cargo.toml', 'web/src', 'bench/ours', 'scripts'];

/** One after the other: each is made from a file of the same name. */
export const buildWasm = () =>
  onlyOnce('wasm', async () => {
    await setup({only: ['npm', 'wasm', 'tools']});
    const stamp = target('bench/ours/.stamp');
    const wanted = digest(...MADE_FROM, {words: [(await wasmToolchain()).stamp]});
    if (isFresh(stamp, wanted)) return;
    unmark(stamp);
    for (const [name, options] of Object.entries(PACKAGES)) {
      await buildEngine(name, {release: true, profile: 'host', into: folder(name), ...options});
    }
    mark(stamp, wanted);
  });
