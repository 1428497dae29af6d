// npm run bench:edge: the Worker on workerd, beside a plain JavaScript Worker that does the same job. ../README.md says
// what is measured and how.
//
//   --quick          little of everything: does it run?
//   --part NAME,…    only these parts: load, cost, events, cold, size
//   --beside FOLDER  another build of the Worker takes part, too: `worker/build`, copied before a change
//   --write FILE     also writes the report into its section of that file, such as docs/benchmarks.md

import {parseArgs} from 'node:util';
import {main, Stop} from '../../scripts/lib/run.mjs';
import {setup as tools} from '../../scripts/lib/setup.mjs';
import {setup} from '../lib/setup.mjs';

await main(async () => {
  const {values} = read();
  await tools({only: ['npm', 'wasm', 'tools']});
  await setup();
  // Only now: these need the packages.
  const {bench} = await import('./lib/bench.mjs');
  const fine = await bench({...values, parts: values.part?.split(',').filter(Boolean)});
  if (!fine) process.exitCode = 1;
});

function read() {
  try {
    return parseArgs({
      options: {
        quick: {type: 'boolean', default: false},
        part: {type: 'string'},
        beside: {type: 'string'},
        write: {type: 'string'},
      },
    });
  } catch (error) {
    throw new Stop(
      `${error.message}\n\nusage: npm run bench:edge -- [--quick] [--part NAME,…] [--beside FOLDER] [--write FILE]`,
    );
  }
}
