// Where everything is: folders, compiled tools, npm's tools, the newer Node, the browser.
//
// Nothing here installs (setup.mjs does) and nothing here runs anything; these are only answers to "where?".

import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

/** The top folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A path inside the project. */
export const at = (...parts) => path.join(root, ...parts);

/** A folder that cargo builds in. wasm32 has its own, since it may be built by another compiler. */
export const target = (...parts) => path.resolve(root, process.env.CARGO_TARGET_DIR || 'target', ...parts);

const versions = JSON.parse(readFileSync(at('scripts/versions.json'), 'utf8'));

/** The tools that are compiled by `cargo install`, each kept in a folder that names its version. */
export const cargoTools = Object.entries(versions.cargo).map(([crate, version]) => ({
  crate,
  version,
  home: at('.tools', `${crate}-${version}`),
}));

const COMMANDS = {
  'wasm-bindgen': 'wasm-bindgen-cli',
  'wasm-bindgen-test-runner': 'wasm-bindgen-cli',
  'worker-build': 'worker-build',
  'cargo-deny': 'cargo-deny',
};

/** The path of a command that `cargo install` made, such as `wasm-bindgen`. */
export function tool(command) {
  const crate = COMMANDS[command];
  const home = cargoTools.find((tool) => tool.crate === crate)?.home;
  if (!home) throw new Error(`scripts/versions.json names no crate for \`${command}\``);
  return path.join(home, 'bin', command);
}

/** The path of a command of an npm package, such as `npmTool('vite')` or `npmTool('typescript', 'tsc')`: a script to be run by `node()`. */
export function npmTool(name, command = path.basename(name)) {
  const home = at('node_modules', name);
  const {bin} = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : bin?.[command];
  if (!file) throw new Error(`the npm package \`${name}\` has no command \`${command}\``);
  return path.join(home, file);
}

/** The native `esbuild` of this platform. */
export function esbuild() {
  const require = createRequire(at('node_modules/esbuild/package.json'));
  return require.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`);
}

/**
 * The Node that runs npm's tools: the project's own where there is one for this platform, else the one that runs this, if it is new enough.
 *
 * Debian 12 users often have Node 20, and wrangler needs 22.12; so the project brings a newer one as an npm package.
 */
export function node() {
  const own = at('node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');
  if (existsSync(own)) return own;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Error(`wrangler needs Node ${versions.node}, and this is ${process.versions.node}: install a newer one`);
}

/** Whether a version such as `22.12.0` is at least the one that wrangler needs. */
export function isNewEnough(version, least = versions.node.replace('>=', '')) {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] > b[i];
  return true;
}

/** The browser and its driver, which may be named by CHROMIUM and CHROMEDRIVER. */
export const chromium = () => process.env.CHROMIUM || '/usr/bin/chromium';
export const chromedriver = () => process.env.CHROMEDRIVER || '/usr/bin/chromedriver';

/** Keeps wrangler quiet, from calling home, and from building the Worker again (wrangler.toml). */
export const WRANGLER_ENV = {
  SKIP_WORKER_BUILD: '1',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};
