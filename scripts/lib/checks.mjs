// Checks: doing each, whatever became of the others, and the table at the end.

import {judge} from './counts.mjs';
import {RunFailed, Stop, step} from './run.mjs';

/** A check that passes or fails as a whole. */
export function once(part, title, work) {
  return {part, title, work: async () => void (await work()), count: () => ({passed: 1, failed: 0, skipped: 0})};
}

/** A check that runs tests, which `count` reads from what it prints. */
export function tests(part, title, count, work) {
  return {part, title, work, count};
}

/** The outcome of a check that failed. */
class Verdict extends RunFailed {
  constructor({passed, failed, why}, output) {
    super(why ?? `${failed} failed`, output);
    Object.assign(this, {passed, failed, why});
  }
}

/** Does one check. Nothing that goes wrong in it keeps the others from being done. */
export async function perform({part, title, work, count}) {
  const begun = Date.now();
  let result;
  try {
    result = await step(title, async () => {
      const ended = await work();
      const verdict = judge(count(ended?.output ?? ''), ended?.code ?? 0);
      if (verdict.failed) throw new Verdict(verdict, ended?.output ?? '');
      return verdict;
    });
  } catch (error) {
    console.log(explain(title, error));
    result = error instanceof Verdict ? error : {passed: 0, failed: 1};
  }
  return {part, title, passed: result.passed, failed: result.failed, seconds: (Date.now() - begun) / 1000};
}

const warnings = [];

/** Something that fails no check, and that somebody should know: it is said below the table. */
export const warn = (text) => void warnings.push(text);

/** Prints what became of each check, what somebody should know, and the totals as the last line. Returns whether all is well. */
export function report(rows) {
  const width = Math.max(...rows.map(({title}) => title.length));
  const line = (part, title, ...numbers) =>
    [part.padEnd(8), title.padEnd(width), ...numbers.map((text) => text.padStart(8))].join(' ');
  console.log(`\n${line('part', 'check', 'passed', 'failed', 'seconds')}`);
  for (const {part, title, passed, failed, seconds} of rows) {
    console.log(line(part, title, String(passed), failed ? String(failed) : '-', seconds.toFixed(1)));
  }
  for (const text of warnings) console.log(`\n! ${text}`);
  const total = (what) => rows.reduce((sum, row) => sum + row[what], 0);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0;
}

/** What cargo says while all goes well. */
const PROGRESS =
  /^ +(Adding|Blocking|Checking|Compiling|Documenting|Download(ed|ing)|Finished|Locking|Updating) .*\n/gm;

function explain(title, error) {
  const known = error instanceof RunFailed || error instanceof Stop;
  const why = known ? `${title}: ${error.message}` : error.stack;
  return [error.output?.replaceAll(PROGRESS, '').trimEnd(), why].filter(Boolean).join('\n\n').replaceAll(/^/gm, '    ');
}
