// Who takes part: every module of contestants/, and how to make one do a job.

import {readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {start, stop} from '../../scripts/lib/run.mjs';

const folder = fileURLToPath(new URL('../contestants', import.meta.url));
const child = fileURLToPath(new URL('child.mjs', import.meta.url));

export const YARDSTICK = 'js-walker';

/** All contestants, the yardstick first; one that cannot take part here has `missing`, which says why. */
export async function contestants() {
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const all = await Promise.all(
    files.map(async (file) => {
      const name = path.basename(file, '.mjs');
      const module = path.join(folder, file);
      try {
        const told = await import(pathToFileURL(module));
        return {...told, name, module, missing: told.missing?.()};
      } catch (error) {
        return {name, module, title: name, missing: `it could not be read: ${error.message.split('\n')[0]}`};
      }
    }),
  );
  return all.sort((a, b) => (b.name === YARDSTICK) - (a.name === YARDSTICK) || (a.name < b.name ? -1 : 1));
}

/** What a contestant answered to a job: one value per part; fewer, with `why`, when it failed or took too long. */
export async function perform(contestant, job, {folder, limit}) {
  const file = path.join(folder, `${contestant.name}.job.json`);
  writeFileSync(file, JSON.stringify(job));
  const [command, ...args] = contestant.command
    ? [...contestant.command(job.kind), file]
    : [process.execPath, '--expose-gc', '--max-old-space-size=4096', child, contestant.module, file];
  const process_ = start(command, args, {stdio: ['ignore', 'pipe', 'pipe']});
  let stdout = '';
  let stderr = '';
  let late = false;
  process_.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  process_.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const timer = setTimeout(() => {
    late = true;
    stop(process_);
  }, limit);
  const code = await new Promise((resolve) => {
    process_.on('error', (error) => {
      stderr += error.message;
      resolve(null);
    });
    process_.on('close', resolve);
  });
  clearTimeout(timer);
  const lines = stdout.split('\n');
  // Whatever follows the last line break was cut off.
  lines.pop();
  const answers = lines.map((line) => JSON.parse(line));
  if (late) return {answers, why: `over ${limit / 1000} s`, late};
  if (code !== 0) return {answers, why: reason(stderr) || `it ended with ${code}`};
  return {answers};
}

/** The line of a program's complaint that says what is wrong. */
function reason(stderr) {
  const lines = stderr.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /^\w*(Error|Exception)\b|panicked|^error/i.test(line)) ??
    lines.find(Boolean) ??
    ''
  ).slice(0, 200);
}
