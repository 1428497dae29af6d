// "Has anything changed since?": a digest of files and words, kept in a file beside what was made from them.

import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {at, root} from './tools.mjs';

/** A digest of files, of all files under folders, and of words (`{words: …}`). What does not exist counts as that. */
export function digest(...things) {
  const hash = createHash('sha256');
  for (const thing of things) {
    if (typeof thing === 'object') hash.update(`words ${JSON.stringify(thing.words)}\n`);
    else
      for (const file of files(at(thing))) {
        hash.update(`${path.relative(root, file)} ${statSync(file).size}\n`).update(readFileSync(file));
      }
  }
  return hash.digest('hex');
}

/** Whether what was made is still right: the stamp file holds this digest. */
export const isFresh = (file, wanted) => existsSync(inRoot(file)) && readFileSync(inRoot(file), 'utf8') === wanted;

/** Says that what was made is right for this digest. */
export function mark(file, made) {
  mkdirSync(path.dirname(inRoot(file)), {recursive: true});
  writeFileSync(inRoot(file), made);
}

/** Takes that back, before making it anew: work that is interrupted must not look done. */
export const unmark = (file) => rmSync(inRoot(file), {force: true});

const inRoot = (file) => path.resolve(root, file);

const LEFT_OUT = new Set(['node_modules', 'dist', 'pkg', 'build', 'target', '.wrangler', 'test-results']);

function files(top) {
  if (!existsSync(top)) return [];
  if (!statSync(top).isDirectory()) return [top];
  return readdirSync(top, {withFileTypes: true})
    .filter((entry) => !LEFT_OUT.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? files(path.join(top, entry.name)) : [path.join(top, entry.name)]));
}
