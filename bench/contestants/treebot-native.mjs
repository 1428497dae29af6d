// Treebot as the command line and any Rust server have it: bench/ours. It speaks the protocol of README.md.

import {buildNative, program} from '../lib/ours.mjs';

export const title = 'Treebot, native';
export const about = 'the engine, compiled for this machine';
export const grows = true;
export const sentences = true;
export const typos = true;

export const prepare = buildNative;
export const command = (kind) => [program(kind === 'memory' ? 'treebot-bench-memory' : 'treebot-bench')];

/** Kinds that no peer knows: the program does them. */
export const tasks = {keystroke: true, resolve: true, compiled: true, parser: true, whole: true};
