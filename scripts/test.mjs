// npm test: every check there is, one after the other, all of them even when one fails.
//
// `node scripts/test.mjs rust web` runs only those parts. The last line is "N passed, N failed", where each test
// counts, and each check that has no tests of its own counts as one.

import {existsSync, readdirSync} from 'node:fs';
import {once, perform, report, tests, warn} from './lib/checks.mjs';
import {cargoTest, nodeTest, playwright} from './lib/counts.mjs';
import {address, warning} from './lib/graph-version.mjs';
import {fixtureWorker, site, worker} from './lib/made.mjs';
import {wentOnElsewhere} from './lib/own-node.mjs';
import {main, RunFailed, run, Stop} from './lib/run.mjs';
import {setup, wasmEnv} from './lib/setup.mjs';
import {at, chromedriver, chromium, node, npmTool, tool, WRANGLER_ENV} from './lib/tools.mjs';

const WASM = ['--target', 'wasm32-unknown-unknown'];
const WASM_TESTS = ['test', '-p', 'treebot-web', ...WASM];

/** Every check, in the order in which they are done. */
const CHECKS = [
  once('habits', 'Rust is formatted (npm run fix)', () => run('cargo', ['fmt', '--all', '--', '--check', '-l'])),
  once('habits', 'clippy', () => run('cargo', ['clippy', '--workspace', '--all-targets', '--', '-D', 'warnings'])),
  once('habits', 'clippy for wasm32', async () => {
    const env = await wasmEnv();
    await run('cargo', ['clippy', '-p', 'treebot-web', '--all-targets', ...WASM, '--', '-D', 'warnings'], {env});
    await run('cargo', ['clippy', '-p', 'treebot-worker', ...WASM, '--', '-D', 'warnings'], {env});
  }),
  once('habits', 'Rust documentation', () =>
    run('cargo', ['doc', '--workspace', '--lib', '--no-deps'], {env: {RUSTDOCFLAGS: '-D warnings'}}),
  ),
  once('habits', 'licences and sources of crates', () =>
    run(tool('cargo-deny'), ['check', 'bans', 'licenses', 'sources']),
  ),
  once('habits', 'TypeScript, JSON and CSS are tidy', () =>
    run(node(), [npmTool('@biomejs/biome'), 'ci', '--colors=off']),
  ),
  once('habits', 'TypeScript types', () => site().then(() => run(node(), [npmTool('typescript', 'tsc'), '--noEmit']))),

  tests('scripts', 'scripts and house rules', nodeTest, () => nodeTests('scripts/tests')),

  tests('rust', 'Rust', cargoTest, () => run('cargo', ['test', '--workspace', '--no-fail-fast'], {mayFail: true})),

  tests('wasm', 'wasm in Node', cargoTest, async () => wasmTests({WASM_BINDGEN_TEST_ONLY_NODE: '1'})),
  tests('wasm', 'wasm in Chromium', cargoTest, async () => wasmTests({WASM_BINDGEN_TEST_ONLY_WEB: '1'})),

  once('web', 'the site builds', site),
  tests('web', 'the engine for hosts in JavaScript', nodeTest, async () => {
    await site();
    return nodeTests('web/host');
  }),
  tests('web', 'the pages in Chromium', playwright, () => playwrightTests()),

  once('worker', 'the Worker builds', worker),
  tests('worker', 'the Worker on workerd', nodeTest, async () => {
    await worker();
    await fixtureWorker();
    // `treebot` sets up pages, publishes trees and plays people.
    await run('cargo', ['build', '-p', 'treebot-cli']);
    return nodeTests('worker/e2e', WRANGLER_ENV);
  }),

  // Without the peers of `bench/tests/peers`, which are 200 MB to install.
  tests('bench', 'the harness of the benchmarks', nodeTest, () => nodeTests('bench/tests', WRANGLER_ENV)),

  tests('sizes', 'what is downloaded stays small', nodeTest, async () => {
    await site();
    await worker();
    return nodeTests('scripts/sizes');
  }),
];

await main(async () => {
  const parts = process.argv.slice(2);
  const known = [...new Set(CHECKS.map(({part}) => part))];
  const unknown = parts.filter((part) => !known.includes(part));
  if (unknown.length) throw new Stop(`There is no part \`${unknown.join('`, `')}\`: there are ${known.join(', ')}.`);
  await setup({for: 'test'});
  if (await wentOnElsewhere(import.meta.url)) return;

  const rows = [];
  for (const check of CHECKS.filter(({part}) => !parts.length || parts.includes(part))) rows.push(await perform(check));
  const ends = warning(address());
  if (ends) warn(ends);
  if (!report(rows)) process.exitCode = 1;
});

/** All `*.test.mjs` of a folder, in one run of Node's own test program. */
function nodeTests(folder, env = {}) {
  const files = existsSync(at(folder))
    ? readdirSync(at(folder))
        .filter((name) => name.endsWith('.test.mjs'))
        .sort()
    : [];
  if (!files.length) throw new RunFailed(`there are no tests in ${folder}`, '');
  return run(node(), ['--test', '--test-reporter=spec', ...files.map((name) => at(folder, name))], {
    env,
    mayFail: true,
  });
}

async function wasmTests(env) {
  return run('cargo', WASM_TESTS, {env: {...(await wasmEnv()), ...env}, mayFail: true});
}

async function playwrightTests() {
  await site();
  return run(
    node(),
    [npmTool('@playwright/test', 'playwright'), 'test', '--config', 'web/playwright.config.ts', '--reporter=list'],
    {
      env: {CHROMIUM: chromium(), CHROMEDRIVER: chromedriver()},
      mayFail: true,
    },
  );
}
