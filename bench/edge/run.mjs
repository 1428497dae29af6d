// npm run bench:edge: the Worker on workerd, beside a plain JavaScript Worker that does the same job. ../README.md says
// what is measured and how.
//
//   --quick          little of everything: does it run?
//   --part NAME,…    only these parts: load, cost, events, cold, size
//   --beside FOLDER  another build of the Worker takes part, too: `worker/build`, copied before a change
//   --write FILE     also writes the report into its section of that file, such as docs/benchmarks.md

import {main} from '../../scripts/lib/run.mjs';
import {setup as tools} from '../../scripts/lib/setup.mjs';
import {options} from '../lib/options.mjs';
import {setup} from '../lib/setup.mjs';

await main(async () => {
  const chosen = options('npm run bench:edge', {quick: true, part: 'NAME,…', beside: 'FOLDER', write: 'FILE'});
  await tools({only: ['npm', 'wasm', 'tools', 'worker-build']});
  await setup();
  // Only now: these need the packages.
  const {bench} = await import('./lib/bench.mjs');
  if (!(await bench(chosen))) process.exitCode = 1;
});
