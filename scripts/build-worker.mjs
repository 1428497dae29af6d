// The Worker: Rust to wasm32, made small, with its JavaScript, in worker/build.

import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {main, run} from './lib/run.mjs';
import {setup, wasmEnv} from './lib/setup.mjs';
import {shrink} from './lib/shrink.mjs';
import {at, tool} from './lib/tools.mjs';

/**
 * Builds the Worker into worker/build. A tree that does not load stops it, and the error shows what is wrong with it.
 *
 * @param {{env?: Record<string, string>, into?: string}} options `env` is added to the environment, such as
 *   TREEBOT_TREE; `into` is a folder, from `worker/`
 */
export async function buildWorker({env = {}, into = 'build'} = {}) {
  // With its tools named in the environment worker-build downloads none.
  await run(tool('worker-build'), ['--release', '--out-dir', into], {
    cwd: at('worker'),
    env: {...(await wasmEnv()), ...env},
  });
  await shrink(path.resolve(at('worker'), into, 'index_bg.wasm'), {mute: true});
}

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
