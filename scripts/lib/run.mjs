// Running other programs: steps that say what they do and for how long, and never a child left behind.

import {AsyncLocalStorage} from 'node:async_hooks';
import {spawn} from 'node:child_process';
import {root} from './tools.mjs';

/** A program that failed, with everything it printed. */
export class RunFailed extends Error {
  constructor(what, output) {
    super(what);
    this.output = output;
  }
}

/** A problem that the reader can solve; shown without a stack. */
export class Stop extends Error {}

const within = new AsyncLocalStorage();

/**
 * Does one step of a longer job, and says so: when it begins, every half minute, and when it ends.
 *
 * @template T
 * @param {string} title what is being done, such as "building the site"
 * @param {() => Promise<T>} work may have steps of its own; while it has, it is they that speak
 * @param {{quietFor?: number}} options a step that is done within so many milliseconds is not worth a word
 * @returns {Promise<T>}
 */
export async function step(title, work, {quietFor = 0} = {}) {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  let said = false;
  const say = () => {
    console.log(`· ${title} …`);
    said = true;
  };
  const first = quietFor ? setTimeout(say, quietFor) : say();
  const outer = within.getStore();
  const self = {parts: 0};
  if (outer) outer.parts++;
  const ticker = setInterval(() => {
    if (!self.parts) console.log(`· ${title}: still at it after ${seconds()} s`);
  }, 30_000);
  try {
    const result = await within.run(self, work);
    if (said) console.log(`✓ ${title} (${seconds()} s)`);
    return result;
  } catch (error) {
    if (!stopping) console.log(`✗ ${title} (${seconds()} s)`);
    throw error;
  } finally {
    if (outer) outer.parts--;
    clearTimeout(first);
    clearInterval(ticker);
  }
}

/** Does several things side by side, waits for all of them, and only then fails if one has. */
export async function together(...works) {
  const ended = await Promise.allSettled(works.map((work) => work()));
  const failed = ended.find(({status}) => status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * Runs a program to its end, and returns what it printed; throws {@link RunFailed} if it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>, live?: boolean, mayFail?: boolean}} options
 *   `env` is added to the environment; `live` shows the output as it comes; with `mayFail` a failure is a result.
 * @returns {Promise<{code: number | null, stdout: string, output: string}>} `output` is stdout and stderr as they came
 */
export function run(command, args = [], {cwd = root, env = {}, live = false, mayFail = false} = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, {cwd, env});
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
      if (live) process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (live) process.stderr.write(text);
    });
    const line = [command, ...args].join(' ');
    child.on('error', (error) => {
      if (mayFail) resolve({code: null, stdout, output: `${output}${error.message}\n`});
      else
        reject(
          new RunFailed(
            error.code === 'ENOENT'
              ? `there is no program \`${command}\` here`
              : `could not run \`${line}\`: ${error.message}`,
            output,
          ),
        );
    });
    child.on('close', (code, signal) => {
      if (code === 0 || mayFail) resolve({code, stdout, output});
      else
        reject(
          new RunFailed(`\`${line}\` ${signal ? `was stopped by ${signal}` : `failed (exit status ${code})`}`, output),
        );
    });
  });
}

/** The process groups that are running, each with the milliseconds that it may take to stop. */
const groups = new Map();

/**
 * Starts a program in a process group of its own, which is ended with this one: programs such as wrangler leave their own children behind.
 *
 * @returns {import('node:child_process').ChildProcess}
 */
export function start(
  command,
  args = [],
  {cwd = root, env = {}, stdio = ['ignore', 'pipe', 'pipe'], patience = 3000} = {},
) {
  stopWithUs();
  // What is kept to be read later is kept without colours.
  const plain =
    stdio === 'inherit' ? {} : {NO_COLOR: '1', FORCE_COLOR: undefined, CARGO_TERM_COLOR: 'never', TERM: 'dumb'};
  const child = spawn(command, args, {cwd, env: {...process.env, ...plain, ...env}, stdio, detached: true});
  if (child.pid !== undefined) {
    groups.set(child.pid, patience);
    child.on('close', () => stopGroup(child.pid, 'SIGKILL'));
  }
  return child;
}

/** Stops a program that {@link start} began, with all its children: politely, then not. */
export async function stop(child) {
  const patience = groups.get(child.pid);
  if (patience === undefined) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}

/** Runs the work of a whole command; a problem is shown in the reader's words, and becomes the exit status. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (stopping) return;
    if (error instanceof RunFailed) console.error(`${error.output.trimEnd()}\n\n${error.message}`);
    else if (error instanceof Stop) console.error(`\n${error.message}`);
    else console.error(error);
    process.exitCode = 1;
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function stopGroup(pid, signal) {
  signalGroup(pid, signal);
  groups.delete(pid);
}

let watching = false;
let stopping = false;

function stopWithUs() {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const pid of groups.keys()) signalGroup(pid, 'SIGKILL');
  });
  for (const [signal, number] of Object.entries({SIGHUP: 1, SIGINT: 2, SIGTERM: 15})) {
    process.on(signal, async () => {
      // Whoever asks twice does not want to wait.
      if (stopping) process.exit(128 + number);
      stopping = true;
      for (const pid of groups.keys()) signalGroup(pid, 'SIGTERM');
      const end = Date.now() + Math.max(0, ...groups.values());
      while (groups.size && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
      process.exit(128 + number);
    });
  }
}
