// Going on under the project's own Node, so that everybody's tools run on the same one.

import {realpathSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {start} from './run.mjs';
import {node} from './tools.mjs';

/**
 * Runs a script again on the project's own Node, unless this is it. Returns whether it did: then all is done.
 *
 * To be called after `setup`, which may have installed that Node.
 */
export async function wentOnElsewhere(script) {
  const own = realpathSync(node());
  if (own === realpathSync(process.execPath)) return false;
  // It has programs of its own to stop, and needs longer than they do.
  const child = start(own, [fileURLToPath(script), ...process.argv.slice(2)], {stdio: 'inherit', patience: 6000});
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
  return true;
}
