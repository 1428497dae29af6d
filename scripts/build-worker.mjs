// The Worker: Rust to wasm32, made small, with its JavaScript, in worker/build.

import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {prune, RECORDS} from './lib/prune.mjs';
import {main, run} from './lib/run.mjs';
import {setup, wasmEnv} from './lib/setup.mjs';
import {onlyStops, shrink} from './lib/shrink.mjs';
import {at, target, tool} from './lib/tools.mjs';

/**
 * Builds the Worker into worker/build. A tree that does not load stops it, and the error shows what is wrong with it.
 *
 * 1. Compile. 2. Make the JavaScript around the wasm, which can start it anew after a trap. 3. Shrink. 4. Bundle that
 * JavaScript with `entry.js` and `host.js`.
 *
 * @param {{env?: Record<string, string>, into?: string}} options `env` is added to the environment, such as
 *   TREEBOT_TREE; `into` is a folder, from `worker/`
 */
export async function buildWorker({env = {}, into = 'build'} = {}) {
  const folder = path.resolve(at('worker'), into);
  const glue = path.join(folder, 'glue');
  const compile = ['rustc', '--quiet', '--profile', 'worker', '-p', 'treebot-worker', '--lib'];
  await run('cargo', [...compile, '--target', 'wasm32-unknown-unknown', '--', ...RECORDS], {
    env: {...(await wasmEnv()), ...env},
  });
  const compiled = target('wasm/wasm32-unknown-unknown/worker/treebot_worker.wasm');
  const pruned = target('wasm/worker-pruned.wasm');
  writeFileSync(pruned, prune(readFileSync(compiled), onlyStops).wasm);
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(glue, {recursive: true});
  const again = ['--experimental-reset-state-function', '--force-enable-abort-handler'];
  const form = ['--target', 'module', '--no-typescript', '--out-name', 'index', '--out-dir', glue];
  await run(tool('wasm-bindgen'), [...form, ...again, pruned]);
  await bundle(glue, folder);
  renameSync(path.join(glue, 'index_bg.wasm'), path.join(folder, 'index_bg.wasm'));
  rmSync(glue, {recursive: true});
  await shrink(path.join(folder, 'index_bg.wasm'));
}

/** One module, `index.js`, of all the JavaScript; the wasm stays beside it. */
async function bundle(glue, folder) {
  const {build} = await import('esbuild');
  // wasm-bindgen copies `host.js` into a folder of its own making.
  const snippets = path.join(glue, 'snippets');
  const ours = readdirSync(snippets).find((name) => existsSync(path.join(snippets, name, 'src/host.js')));
  await build({
    entryPoints: [at('worker/src/entry.js')],
    outfile: path.join(folder, 'index.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['cloudflare:*', './index_bg.wasm'],
    logLevel: 'warning',
    plugins: [
      {
        name: 'the wasm',
        setup({onResolve, onLoad}) {
          onResolve({filter: /^the wasm$/}, () => ({path: path.join(glue, 'index.js')}));
          onResolve({filter: /^the host$/}, () => ({path: path.join(snippets, ours, 'src/host.js')}));
          onLoad({filter: /glue.index\.js$/}, asModule);
        },
      },
    ],
  });
}

/** The runtime takes a compiled module for the default export of a wasm file; esbuild knows no `import source` yet. */
const asModule = ({path: file}) => ({
  contents: readFileSync(file, 'utf8').replace('import source ', 'import '),
  loader: 'js',
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // wrangler runs this before it starts or deploys; `npm start` and `npm test` have built by then.
  const built = process.env.SKIP_WORKER_BUILD && existsSync(at('worker/build/index.js'));
  if (!built) {
    await main(async () => {
      await setup({for: 'start'});
      await buildWorker();
    });
  }
}
