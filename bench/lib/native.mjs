// The native peers are one program, built on first use.

import {run, step} from '../../scripts/lib/run.mjs';
import {at, target} from '../../scripts/lib/tools.mjs';

const folder = target('bench');
const built = new Map();

/** Builds it, once; the first time takes some minutes. `csml` builds what only CSML needs. */
export function prepare(feature) {
  const args =
    feature === 'csml' ? ['--features', 'csml', '--bin', 'bench-csml'] : ['--bin', 'bench', '--bin', 'bench-memory'];
  const key = args.join(' ');
  if (!built.has(key)) {
    built.set(
      key,
      step(
        'building the native peers (the first time: some minutes)',
        () =>
          run('cargo', ['build', '--release', '--locked', '--quiet', ...args], {
            cwd: at('bench/native'),
            env: {CARGO_TARGET_DIR: folder},
          }),
        {quietFor: 2000},
      ),
    );
  }
  return built.get(key);
}

/** The command that does a job of some kind as this contestant. */
export const command =
  (contestant, binary = 'bench') =>
  (kind) => [`${folder}/release/${kind === 'memory' && binary === 'bench' ? 'bench-memory' : binary}`, contestant];
