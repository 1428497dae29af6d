// The command `treebot`, as an operator runs it.

import {spawn} from 'node:child_process';
import {copyFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {at, target} from '../../scripts/lib/tools.mjs';
import {FIXTURES, PAGE, temporary} from './support.mjs';

/** Long enough to be taken. */
export const TOKEN = 'a-publish-token-of-tests';

/** The settings of an operator of the fixtures' page. */
export const OPERATOR = {
  APP_ID: FIXTURES.app_id,
  APP_SECRET: FIXTURES.app_secret,
  PAGE_ACCESS_TOKEN: FIXTURES.page_access_token,
  VERIFY_TOKEN: FIXTURES.verify_token,
  PAGE_ID: PAGE,
  PUBLISH_TOKEN: TOKEN,
};

/**
 * Runs `treebot` in an empty folder, with these settings in its environment and no others.
 *
 * @param {string[]} args
 * @param {{settings?: Record<string, string>, input?: string, folder?: string}} options
 * @returns {Promise<{status: number, stdout: string, stderr: string}>}
 */
export function treebot(args, {settings = OPERATOR, input = '', folder = temporary()} = {}) {
  const {PATH, HOME} = process.env;
  const child = spawn(target('debug/treebot'), args, {cwd: folder, env: {PATH, HOME, ...settings}});
  child.stdin.on('error', () => {}).end(input);
  const run = {status: 0, stdout: '', stderr: ''};
  for (const stream of ['stdout', 'stderr'])
    child[stream].setEncoding('utf8').on('data', (text) => (run[stream] += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (status) => resolve({...run, status}));
  });
}

/**
 * Runs `treebot` in a terminal, in which somebody types the first of `says` when its question has come, then the next.
 *
 * @param {string[]} args none of them with a blank or a quote
 * @param {{says: [RegExp, string][], settings?: Record<string, string>, folder?: string}} options
 * @returns {Promise<{status: number, shown: string}>} what is on the screen, without the terminal's own signs
 */
export function terminal(args, {says, settings = OPERATOR, folder = temporary()}) {
  const {PATH, HOME} = process.env;
  const command = [target('debug/treebot'), ...args].join(' ');
  const env = {PATH, HOME, TERM: 'xterm', ...settings};
  // From Debian's bsdutils, which is always there.
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    cwd: folder,
    env,
  });
  const late = setTimeout(() => child.kill(), 60_000);
  const waiting = [...says];
  let [shown, unread] = ['', ''];
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8').on('data', (text) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals are told begins with one
    const plain = text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '');
    shown += plain;
    unread += plain;
    while (waiting.length && waiting[0][0].test(unread)) {
      unread = unread.slice(unread.search(waiting[0][0]) + 1);
      child.stdin.write(waiting.shift()[1]);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (status) => {
      clearTimeout(late);
      resolve({status, shown});
    });
  });
}

/** A folder with the tree of the fixtures as `uk-visa.yaml`, which is what the Worker calls it, and with `others`. */
export function folderWithTree(others = {}) {
  const folder = temporary();
  copyFileSync(at('messenger/tests/fixtures/tree.yaml'), path.join(folder, 'uk-visa.yaml'));
  for (const [name, text] of Object.entries(others)) writeFileSync(path.join(folder, name), text);
  return folder;
}
