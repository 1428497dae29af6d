// What would be deployed.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {run} from '../../scripts/lib/run.mjs';
import {at, node, npmTool} from '../../scripts/lib/tools.mjs';
import {configFile, SETTINGS, temporary} from './support.mjs';

/** The Worker is to start in a moment anywhere: 300 KB of JavaScript and wasm, compressed. */
const MOST = 300;

test('wrangler would deploy it, and it is small', async () => {
  const config = configFile({settings: SETTINGS, build: at('worker/build')});
  const args = ['deploy', '--dry-run', '--outdir', temporary(), '--config', config];
  const {output} = await run(node(), [npmTool('wrangler'), ...args], {env: {SKIP_WORKER_BUILD: '1'}});
  const [, size] = output.match(/Total Upload: .* gzip: ([\d.]+) KiB/) ?? assert.fail(output);
  const kilobytes = (Number(size) * 1024) / 1000;
  console.log(`the Worker: ${kilobytes.toFixed(1)} KB`);
  assert.ok(kilobytes <= MOST, `${kilobytes.toFixed(1)} KB is more than ${MOST} KB`);
  assert.match(output, /env\.STATE/);
});
