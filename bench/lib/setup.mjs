// The peers' packages, installed on first use, apart from the project's own so that those stay few.

import {run, step} from '../../scripts/lib/run.mjs';
import {digest, isFresh, mark, unmark} from '../../scripts/lib/stamp.mjs';
import {at} from '../../scripts/lib/tools.mjs';

export async function setup() {
  const stamp = 'bench/node_modules/.installed';
  const wanted = digest('bench/package-lock.json', 'bench/.npmrc', {words: [process.platform, process.arch]});
  if (isFresh(stamp, wanted)) return;
  unmark(stamp);
  await step("installing the peers' npm packages", () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {cwd: at('bench')}),
  );
  mark(stamp, wanted);
}
