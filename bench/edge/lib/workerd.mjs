// workerd, the runtime itself, with one Worker in it; and what it costs.

import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {start, stop} from '../../../scripts/lib/run.mjs';
import {at} from '../../../scripts/lib/tools.mjs';

/** As in wrangler.toml. */
const [, COMPATIBILITY] = readFileSync(at('wrangler.toml'), 'utf8').match(/^compatibility_date = "(.+)"$/m);

/** The program that wrangler runs, too. */
const program = () => {
  const require = createRequire(createRequire(at('node_modules/wrangler/package.json')).resolve('workerd'));
  const name = {'linux x64': 'workerd-linux-64', 'linux arm64': 'workerd-linux-arm64'};
  const platform = name[`${process.platform} ${process.arch}`];
  if (!platform) throw new Error(`there is no way here to see what a process costs on ${process.platform}`);
  return require.resolve(`@cloudflare/${platform}/bin/workerd`);
};

/**
 * Writes what a Worker is made of into a folder: its modules and the description that workerd reads.
 *
 * @param {{modules: {name: string, kind: string, content: Buffer | string}[], settings: Record<string, string>, kv: number}} options
 *   `kv` is the port of its store on this machine
 */
export function describe(folder, {modules, settings, kv}) {
  mkdirSync(folder, {recursive: true});
  for (const {name, content} of modules) writeFileSync(path.join(folder, name), content);
  const text = (value) => JSON.stringify(value);
  const parts = modules.map(({name, kind}) => `(name = ${text(name)}, ${kind} = embed ${text(name)})`);
  const bindings = Object.entries(settings).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);
  const file = path.join(folder, 'workerd.capnp');
  writeFileSync(
    file,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "kv", external = (address = "127.0.0.1:${kv}", http = ())),
    (name = "machine", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  modules = [${parts.join(', ')}],
  compatibilityDate = ${text(COMPATIBILITY)},
  bindings = [(name = "STATE", kvNamespace = "kv"), ${bindings.join(', ')}],
  globalOutbound = "machine",
);
`,
  );
  return file;
}

/** Starts workerd with a description. `ready` says where it listens; `lines` is what it has printed. */
export function serve(file, args = []) {
  const child = start(program(), ['serve', ...args, '--control-fd=3', file], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const runtime = {pid: child.pid, lines: 0, complaints: '', stop: () => stop(child)};
  child.stdout.on('data', (chunk) => {
    for (const byte of chunk) if (byte === 10) runtime.lines++;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    runtime.complaints = (runtime.complaints + text).slice(-4000);
  });
  runtime.ready = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`workerd ended with ${code}: ${runtime.complaints}`)));
    let said = '';
    child.stdio[3].setEncoding('utf8').on('data', (text) => {
      said += text;
      const listening = said.split('\n').find((line) => line.includes('"listen"'));
      if (listening) resolve({port: JSON.parse(listening).port});
    });
  });
  return runtime;
}

/**
 * The time that a process has spent computing, in milliseconds: user and system, all threads.
 *
 * The kernel's own sum of it, in nanoseconds: `/proc/PID/stat` has the same in hundredths of a second.
 */
export function spent(pid) {
  let ns = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // A thread that has just ended.
    }
  }
  return ns / 1e6;
}
