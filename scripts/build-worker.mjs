// The Worker: Rust to wasm32, made small, with its JavaScript, in worker/build.

import {fileURLToPath} from 'node:url';
import {main, run} from './lib/run.mjs';
import {setup, wasmEnv} from './lib/setup.mjs';
import {at, tool} from './lib/tools.mjs';

/**
 * Builds the Worker into worker/build. A tree that does not load stops it, and the error shows what is wrong with it.
 *
 * @param {{env?: Record<string, string>}} options added to the environment, such as TREEBOT_TREE
 */
export async function buildWorker({env = {}} = {}) {
  // With the tools named in the environment worker-build downloads none.
  await run(tool('worker-build'), ['--release'], {cwd: at('worker'), env: {...(await wasmEnv()), ...env}});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await setup({for: 'start'});
    await buildWorker();
  });
}
