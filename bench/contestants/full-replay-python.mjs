// The original's algorithm in its own language: full_replay.py, as a process of its own.

import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {load} from 'js-yaml';

export const title = 'full replay in Python';
export const about = 'the original algorithm in its own language, on CPython; it gets the tree as JSON';
export const extension = 'tree.json';
export const only = ['messages'];
export const grows = true;
export const sentences = true;

/** The interpreter is the system's. */
export const missing = () =>
  spawnSync('python3', ['--version']).status === 0 ? undefined : 'there is no `python3` here';

export const translate = (_, source) => JSON.stringify(load(source));
export const command = () => ['python3', fileURLToPath(new URL('full_replay.py', import.meta.url))];
