// npm run bench: Treebot beside its peers on the same trees. See README.md for what is measured and how.
//
//   --quick              one short round of everything: does it run?
//   --only NAME,…        only these contestants (and the yardstick)
//   --workload NAME,…    only these workloads
//   --write FILE         also writes the report there, such as docs/benchmarks.md

import {parseArgs} from 'node:util';
import {main, Stop} from '../scripts/lib/run.mjs';
import {setup} from './lib/setup.mjs';

await main(async () => {
  const {values} = read();
  await setup();
  // Only now: these need the packages.
  const {bench} = await import('./lib/bench.mjs');
  const list = (text) => text?.split(',').filter(Boolean);
  const fine = await bench({...values, only: list(values.only), workload: list(values.workload)});
  if (!fine) process.exitCode = 1;
});

function read() {
  try {
    return parseArgs({
      options: {
        quick: {type: 'boolean', default: false},
        only: {type: 'string'},
        workload: {type: 'string'},
        write: {type: 'string'},
      },
    });
  } catch (error) {
    throw new Stop(
      `${error.message}\n\nusage: npm run bench -- [--quick] [--only NAME,…] [--workload NAME,…] [--write FILE]`,
    );
  }
}
