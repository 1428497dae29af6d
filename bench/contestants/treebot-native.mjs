// Treebot as the command line and any Rust server have it.
//
// A program that speaks the protocol of README.md; TREEBOT_NATIVE names it, by default it is target/release/treebot-bench.

import {existsSync} from 'node:fs';
import path from 'node:path';
import {target} from '../../scripts/lib/tools.mjs';

const program = path.resolve(process.env.TREEBOT_NATIVE ?? target('release/treebot-bench'));

export const title = 'Treebot, native';
export const about = 'the engine, compiled for this machine';
export const grows = true;
export const sentences = true;
export const typos = true;

export const missing = () =>
  existsSync(program) ? undefined : `${path.basename(program)} is not built (TREEBOT_NATIVE says where it is)`;
export const command = () => [program];

/** Kinds that no peer knows: the program does them, or answers with `skipped`. */
export const tasks = {keystroke: true, resolve: true, compiled: true};
