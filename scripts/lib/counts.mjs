// How many tests passed and failed, read from what test programs print at their end.

/**
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 */

/** cargo test, and wasm-bindgen's runner: one line for each test binary. */
export function cargoTest(output) {
  return sum(
    output,
    /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm,
    ([passed, failed, skipped]) => ({passed, failed, skipped}),
  );
}

/** node --test, with its `spec` or `tap` reporter: `ℹ pass 12` or `# pass 12`. */
export function nodeTest(output) {
  const total = (...names) =>
    names.reduce((all, name) => all + (lastNumber(output, new RegExp(`^(?:ℹ|#) ${name} (\\d+)$`, 'gm')) ?? 0), 0);
  return {passed: total('pass'), failed: total('fail', 'cancelled'), skipped: total('skipped', 'todo')};
}

/** Playwright, with its `list` or `line` reporter. A test that passed only at the second try counts as failed. */
export function playwright(output) {
  const total = (...words) =>
    words.reduce((all, word) => all + (lastNumber(output, new RegExp(`^\\s+(\\d+) ${word}\\b`, 'gm')) ?? 0), 0);
  return {
    passed: total('passed'),
    failed: total('failed', 'flaky', 'interrupted'),
    skipped: total('skipped', 'did not run'),
  };
}

/** @returns {Counts} */
export function add(a, b) {
  return {passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped};
}

export const NOTHING = {passed: 0, failed: 0, skipped: 0};

/**
 * What a program's end says about its tests, honestly: no test at all is a failure, a skipped test is one,
 * and so is a program that counted no failure and still failed (it crashed, or did not compile).
 *
 * @param {Counts} counts
 * @param {number | null} code the program's exit status
 * @returns {{passed: number, failed: number, why: string | undefined}}
 */
export function judge({passed, failed, skipped}, code) {
  if (failed) return {passed, failed: failed + skipped, why: undefined};
  if (skipped) return {passed, failed: skipped, why: `${skipped} skipped: a test that does not run shows nothing`};
  if (code !== 0) return {passed, failed: 1, why: `it failed with exit status ${code}, and no test says why`};
  if (!passed) return {passed, failed: 1, why: 'it ran no test'};
  return {passed, failed, why: undefined};
}

function sum(output, pattern, read) {
  return [...plain(output).matchAll(pattern)].map((match) => read(match.slice(1).map(Number))).reduce(add, NOTHING);
}

function lastNumber(output, pattern) {
  const last = [...plain(output).matchAll(pattern)].at(-1);
  return last && Number(last[1]);
}

/** Without colours. */
const plain = (output) => output.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
