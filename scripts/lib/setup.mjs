// Installing what is missing, and only that. A second run looks at a few stamps and is done.

import {existsSync, lstatSync, readFileSync, rmSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {run, Stop, step, together} from './run.mjs';
import {digest, isFresh, mark, unmark} from './stamp.mjs';
import {at, cargoTools, chromedriver, chromium, esbuild, node, npmTool, target, tool, WRANGLER_ENV} from './tools.mjs';

/** What is installed for a purpose. */
export const WANTED = {start: ['npm', 'wasm', 'tools'], test: ['npm', 'wasm', 'tools', 'deny', 'browser']};

/** By what name each tool that is compiled is asked for. */
const WANTED_AS = {'wasm-bindgen-cli': 'tools', 'worker-build': 'worker-build', 'cargo-deny': 'deny'};

/** The tools that are compiled where these things are wanted. */
export const toolsFor = (wanted) => cargoTools.filter(({crate}) => wanted.includes(WANTED_AS[crate]));

/**
 * Gets everything that a command needs.
 *
 * @param {{for: 'start' | 'test', only?: string[]}} options `only` names what is wanted: npm, wasm, tools, deny, browser;
 *   and worker-build, which takes minutes and which only a contestant of the benchmarks is built with
 */
export async function setup({for: purpose, only} = {for: 'start'}) {
  const wanted = only ?? WANTED[purpose];
  await rustIsThere();
  const compiled = toolsFor(wanted).filter(({crate}) => !isInstalled(crate));
  const packages = [];
  if (compiled.some(({crate}) => crate === 'worker-build')) packages.push(...(await opensslPackages()));
  if (wanted.includes('browser')) packages.push(...browserPackages());
  if (packages.length) await debian(packages);
  // npm mostly waits for the network, and a compiler for its last crate: side by side they cost little more than one.
  await together(
    async () => wanted.includes('npm') && npmPackages(),
    async () => wanted.includes('wasm') && wasmToolchain(),
    async () => {
      for (const missing of compiled) await compile(missing);
      rmSync(target('tools'), {recursive: true, force: true});
    },
  );
}

/**
 * The environment in which Rust is compiled to wasm32: toolchain, target folder, and where the tools are that
 * `worker-build` and `cargo test` would otherwise look for or download.
 */
export async function wasmEnv() {
  const toolchain = await wasmToolchain();
  return {
    ...WRANGLER_ENV,
    ...(toolchain.name && {RUSTUP_TOOLCHAIN: toolchain.name}),
    CARGO_TARGET_DIR: target('wasm'),
    CARGO_ENCODED_RUSTFLAGS: rustFlags().join('\x1f'),
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: tool('wasm-bindgen-test-runner'),
    CHROMEDRIVER: chromedriver(),
    WASM_BINDGEN_BIN: tool('wasm-bindgen'),
    WASM_OPT_BIN: npmTool('binaryen', 'wasm-opt'),
    ESBUILD_BIN: esbuild(),
    PATH: [path.dirname(node()), process.env.PATH].join(path.delimiter),
  };
}

/** What the compiler is told: what is downloaded is small, and names no folder of the machine that it was built on. */
function rustFlags() {
  const cargo = process.env.CARGO_HOME ?? path.join(homedir(), '.cargo');
  return [
    // SHA-256 in a loop; written out sixty-four times it is ten times as large.
    '--cfg=sha2_backend_soft="compact"',
    `--remap-path-prefix=${path.join(cargo, 'registry/src')}${path.sep}=`,
  ];
}

let found;
/** The toolchain that has the wasm32 standard library, found or made by `wasm-toolchain.sh`, once; `stamp` tells it from any other. */
export function wasmToolchain() {
  found ??= step(
    'getting the wasm32 standard library (the first time: up to two minutes)',
    async () => {
      const {stdout} = await run('bash', [at('scripts/wasm-toolchain.sh')]);
      const name = stdout.trim();
      return {name, stamp: await forgetOldStd(name)};
    },
    {quietFor: 2000},
  );
  return found;
}

/** cargo does not notice another standard library under the same compiler (E0463 is the sign): then what it has built goes. */
async function forgetOldStd(name) {
  const env = name ? {RUSTUP_TOOLCHAIN: name} : {};
  const rustc = name ? 'rustc' : '/usr/bin/rustc';
  const {stdout: version} = await run(rustc, ['-vV'], {env});
  const {stdout: lib} = await run(rustc, ['--print', 'target-libdir', '--target', 'wasm32-unknown-unknown'], {env});
  const stamp = target('wasm/.toolchain');
  const made = path.join(lib.trim(), '.stamp');
  const now = digest({words: [version, existsSync(made) ? readFileSync(made, 'utf8') : '']});
  if (!isFresh(stamp, now)) {
    rmSync(target('wasm'), {recursive: true, force: true});
    mark(stamp, now);
  }
  return now;
}

async function rustIsThere() {
  const {code} = await run('cargo', ['--version'], {mayFail: true});
  if (code !== 0)
    throw new Stop(
      'Rust is missing. Install its stable toolchain with rustup (see rust-lang.org), then run this again.',
    );
}

async function npmPackages() {
  const stamp = 'node_modules/.installed';
  const wanted = digest('package-lock.json', '.npmrc', {words: [process.platform, process.arch]});
  if (isFresh(stamp, wanted)) return;
  // npm would empty the folder that it leads to, and whoever else uses that would be left with nothing.
  if (lstatSync(at('node_modules'), {throwIfNoEntry: false})?.isSymbolicLink()) {
    throw new Stop('node_modules is a link, and its packages are not those of package-lock.json: remove the link');
  }
  unmark(stamp);
  await step('installing npm packages', () => run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']));
  mark(stamp, wanted);
}

const isInstalled = (crate) =>
  existsSync(path.join(cargoTools.find((tool) => tool.crate === crate).home, '.crates.toml'));

function compile({crate, version, home}) {
  // Neither optimised nor for a debugger: so they compile in about a minute each, and are fast enough for what they do.
  return step(`compiling ${crate} ${version} (once; about a minute)`, () =>
    run('cargo', ['install', '--quiet', '--debug', '--root', home, `${crate}@${version}`], {
      env: {CARGO_TARGET_DIR: target('tools'), CARGO_PROFILE_DEV_DEBUG: '0'},
    }),
  );
}

/** worker-build is linked with OpenSSL, whose headers Debian keeps in a package of its own. */
async function opensslPackages() {
  if (process.platform !== 'linux') return [];
  const {code} = await run('pkg-config', ['--exists', 'openssl'], {mayFail: true});
  return code === 0 ? [] : ['pkg-config', 'libssl-dev'];
}

function browserPackages() {
  const missing = [];
  if (!existsSync(chromium())) missing.push('chromium');
  if (!existsSync(chromedriver())) missing.push('chromium-driver');
  return missing;
}

async function debian(packages) {
  const names = packages.join(' ');
  const {code} = await run('apt-get', ['--version'], {mayFail: true});
  if (code !== 0 || process.getuid?.() !== 0) {
    throw new Stop(
      code === 0
        ? `Some system packages are missing. Install them with this line, then run this again:\n\n    sudo apt-get update && sudo apt-get install -y ${names}`
        : `Some programs are missing; on Debian their packages are: ${names}. Install them your system's way, then run this again.` +
            ' (CHROMIUM and CHROMEDRIVER may name a browser and a driver that are elsewhere.)',
    );
  }
  const env = {DEBIAN_FRONTEND: 'noninteractive'};
  await step(`installing ${names}`, async () => {
    await run('apt-get', ['update', '-qq'], {env});
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {env});
  });
}
