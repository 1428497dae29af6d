// The site: checks the trees, compiles the engine to wasm, bundles the pages, and puts all of it in web/dist.

import {copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {withShortNames} from './lib/names.mjs';
import {prune, RECORDS} from './lib/prune.mjs';
import {main, run, step} from './lib/run.mjs';
import {wasmEnv} from './lib/setup.mjs';
import {onlyStops, shrink} from './lib/shrink.mjs';
import {at, node, npmTool, root, target, tool} from './lib/tools.mjs';

/**
 * Builds the site.
 *
 * 1. Check the trees: a broken one stops the build, with its diagnostics. 2. Compile. 3. Make the JavaScript that
 * loads the wasm. 4. Shrink (not for a quick look). 5. Make the trees ready: compiled, and as pages to read. 6. Bundle,
 * with the trees beside the pages.
 *
 * @param {{release?: boolean}} options without `release` it is quicker, and much larger
 */
export async function buildWeb({release = true} = {}) {
  const trees = await checkTrees(at('trees'));

  rmSync(at('web/pkg'), {recursive: true, force: true});
  // Visitors download no YAML reader: their trees arrive compiled.
  await buildEngine('chat', {release, features: ['--no-default-features', '--features', 'session']});
  await buildEngine('studio', {
    release,
    features: ['--no-default-features', '--features', 'studio'],
    profile: 'studio',
  });
  // For hosts that keep the state of their conversations themselves: neither JSON nor YAML.
  await buildEngine('host', {release, features: ['--no-default-features', '--features', 'host'], profile: 'host'});

  await readyTrees(trees, at('web/pkg/trees'));
  await step('bundling the pages', () =>
    run(node(), [npmTool('vite'), 'build', '--config', at('web/vite.config.ts'), '--logLevel', 'warn']),
  );
}

/** The trees as the site publishes them: sources, compiled, as pages to read, and how each begins. */
async function readyTrees(trees, into) {
  mkdirSync(into, {recursive: true});
  for (const tree of trees) copyFileSync(tree, path.join(into, path.basename(tree)));
  const files = trees.map((tree) => path.relative(root, tree));
  await treebot('compile', '--into', path.relative(root, into), ...files);
  const pages = ['-p', 'treebot-web', '--features', 'pages', '--bin', 'pages'];
  await step('writing the trees as pages', () =>
    run('cargo', ['run', '--quiet', ...pages, '--', path.relative(root, into), ...files]),
  );
}

/**
 * The engine for one of the pages or for hosts: what is downloaded, in web/pkg/<name>, or elsewhere with `into`; of
 * another crate with `crate`. `profile` is for what is released, one of Cargo.toml.
 */
export async function buildEngine(name, options) {
  const {release, features, crate = 'treebot-web', into = at('web/pkg', name)} = options;
  const profile = release ? (options.profile ?? 'release') : 'debug';
  const env = await wasmEnv();
  const build = ['rustc', '--quiet', '-p', crate, '--lib', '--target', 'wasm32-unknown-unknown'];
  const released = release ? ['--profile', profile, '--', ...RECORDS] : [];
  await step(`compiling the engine for wasm (${name})`, () =>
    run('cargo', [...build, ...features, ...released], {env}),
  );
  const compiled = target('wasm/wasm32-unknown-unknown', profile, `${crate.replaceAll('-', '_')}.wasm`);
  const bind = (wasm, ...more) =>
    run(tool('wasm-bindgen'), ['--target', 'web', '--out-dir', into, '--out-name', 'treebot', ...more, wasm]);
  if (!release) return bind(compiled);
  await step(`making it small (${name})`, async () => {
    const pruned = target('wasm', `${name}-pruned.wasm`);
    writeFileSync(pruned, prune(readFileSync(compiled), onlyStops).wasm);
    await bind(pruned, '--remove-producers-section');
    const [wasm, js] = [path.join(into, 'treebot_bg.wasm'), path.join(into, 'treebot.js')];
    await shrink(wasm);
    const named = withShortNames(readFileSync(wasm), readFileSync(js, 'utf8'));
    writeFileSync(wasm, named.wasm);
    writeFileSync(js, named.js);
  });
}

/** The trees of a folder; throws, with everything that is wrong, if one of them does not load. */
export async function checkTrees(folder) {
  const trees = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.join(folder, name));
  await step('checking the trees', () => treebot('check', ...trees.map((tree) => path.relative(root, tree))));
  return trees;
}

/** Runs a command of `treebot`. */
const treebot = (...args) => run('cargo', ['run', '--quiet', '-p', 'treebot-cli', '--', ...args]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(() => buildWeb({release: !process.argv.includes('--debug')}));
}
