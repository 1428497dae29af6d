// How long Meta serves the version of the Graph API that the Worker calls.

import {readFileSync} from 'node:fs';
import {at} from './tools.mjs';

/** Half a year: time enough to read what has changed, and to move. */
const SOON = 183 * 24 * 60 * 60 * 1000;

/**
 * The versions and their ends, as `treebot messenger doctor` knows them.
 *
 * @returns {Map<number, {day: string, at: number} | undefined>} no end where none is announced
 */
export function versions(source = readFileSync(at('messenger/src/setup.rs'), 'utf8')) {
  const list = source.match(/const VERSIONS\b[^=]*= \[([\s\S]*?)\];/)?.[1] ?? '';
  const found = list.matchAll(/\((\d+), (?:Some\(\("([^"]+)", ([\d_]+)\)\)|None)\)/g);
  const end = (day, seconds) => day && {day, at: Number(seconds.replaceAll('_', '')) * 1000};
  return new Map([...found].map(([, number, day, seconds]) => [Number(number), end(day, seconds)]));
}

/** The address of the Graph API that a deployed Worker calls. */
export const address = (config = readFileSync(at('wrangler.toml'), 'utf8')) =>
  config.match(/^GRAPH_API_BASE *= *"([^"]*)"/m)?.[1];

/** What somebody should know about the version in an address; none where it is good for half a year. */
export function warning(base, now = Date.now(), known = versions()) {
  const number = Number(base?.match(/\/v(\d+)(?:\.\d+)?(?:\/|$)/)?.[1]);
  const move =
    'move GRAPH_API_BASE in wrangler.toml to a newer one: https://developers.facebook.com/docs/graph-api/changelog';
  if (!number) return `wrangler.toml names no version of the Graph API: ${move}`;
  const called = `wrangler.toml names version ${number} of the Graph API, which`;
  if (number < Math.min(...known.keys())) return `${called} Meta does not serve any more: ${move}`;
  const end = known.get(number);
  if (!end || end.at - now > SOON) return undefined;
  return `${called} ${end.at <= now ? 'ended' : 'ends'} on ${end.day}: ${move}`;
}
