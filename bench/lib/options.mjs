// What is said on the command line of a bench.

import {parseArgs} from 'node:util';
import {Stop} from '../../scripts/lib/run.mjs';

/**
 * Reads options; what is unknown stops with how the command is used.
 *
 * @param {string} command as it is typed, such as `npm run bench`
 * @param {Record<string, string | true>} options for each what follows it (`NAME,…` is a list), or true where nothing does
 * @returns {Record<string, string | string[] | boolean | undefined>} their values
 */
export function options(command, options, args = process.argv.slice(2)) {
  const kinds = Object.entries(options).map(([name, follows]) => [
    name,
    follows === true ? {type: 'boolean', default: false} : {type: 'string'},
  ]);
  try {
    const {values} = parseArgs({args, options: Object.fromEntries(kinds)});
    for (const [name, follows] of Object.entries(options)) {
      if (isList(follows) && values[name] !== undefined) values[name] = values[name].split(',').filter(Boolean);
    }
    return values;
  } catch (error) {
    const usage = Object.entries(options).map(([name, follows]) =>
      follows === true ? `[--${name}]` : `[--${name} ${follows}]`,
    );
    throw new Stop(`${error.message}\n\nusage: ${command} -- ${usage.join(' ')}`);
  }
}

const isList = (follows) => typeof follows === 'string' && follows.endsWith(',…');
