// npm run bench: Treebot beside its peers on the same trees. See README.md for what is measured and how.
//
//   --quick              one short round of everything: does it run?
//   --only NAME,…        only these contestants (and the yardstick)
//   --workload NAME,…    only these workloads
//   --write FILE         also writes the report there, such as docs/benchmarks.md

import {main} from '../scripts/lib/run.mjs';
import {options} from './lib/options.mjs';
import {setup} from './lib/setup.mjs';

await main(async () => {
  const chosen = options('npm run bench', {quick: true, only: 'NAME,…', workload: 'NAME,…', write: 'FILE'});
  await setup();
  // Only now: these need the packages.
  const {bench} = await import('./lib/bench.mjs');
  if (!(await bench(chosen))) process.exitCode = 1;
});
