// The native peers are one program, built on first use.

import {run, step} from '../../scripts/lib/run.mjs';
import {at, target} from '../../scripts/lib/tools.mjs';

const folder = target('bench');
let built;

/** Builds it, once; the first time takes some minutes. */
export function prepare() {
  built ??= step(
    'building the native peers (the first time: some minutes)',
    () => run('cargo', ['build', '--release', '--locked', '--quiet'], {cwd: at('bench/native'), env: {CARGO_TARGET_DIR: folder}}),
    {quietFor: 2000},
  );
  return built;
}

/** The command that does a job of this kind as this contestant. */
export const command = (contestant) => (kind) =>
  [`${folder}/release/${kind === 'memory' ? 'bench-memory' : 'bench'}`, contestant];
