// Budgets for what people download, measured on what was built. They are there to be noticed, not to be raised.

import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import {at} from '../lib/tools.mjs';

const KB = 1000;
const brotli = (file) => brotliCompressSync(readFileSync(file)).length;
const gzip = (file) => gzipSync(readFileSync(file), {level: 9}).length;

/**
 * In KB. The goals are 110 for the Chat page with its tree, which has a budget of its own here, 90 for the Studio's engine and 300 for the Worker. What is above its goal
 * stands at what has been reached, so that it cannot grow unseen.
 */
const BUDGETS = {
  chat: {all: 118.9, wasm: 98, js: 16.1, css: 3.4},
  studioExtra: {page: 160, engine: 620},
  worker: 300,
  compiledTree: 36,
};

/** In bytes, gzip: what hosts in JavaScript get. The goal is 50,000. */
const HOST = 124_200;

test('the Chat page, with everything that it loads, brotli', () => {
  const files = loadedBy('index.html');
  assert.ok(
    files.some((file) => file.endsWith('.wasm')),
    'the page loads the engine',
  );
  const sum = (list) => list.reduce((total, file) => total + brotli(file), 0) / KB;
  const of = (extension) => sum(files.filter((file) => file.endsWith(extension)));
  // The page's style is in its HTML.
  const [, style = ''] = /<style>([^<]*)/.exec(readFileSync(files[0], 'utf8')) ?? [];
  const css = brotliCompressSync(style).length / KB;
  const seen = {all: sum(files), wasm: of('.wasm'), js: of('.js'), css: of('.css') + css};
  const tree = brotli(at('web/dist/trees/uk-visa.tree')) / KB;
  console.log(`the Chat page: ${say(seen)}; ${say({'with its tree': seen.all + tree})} of the goal of 110 KB`);
  for (const [kind, budget] of Object.entries(BUDGETS.chat)) {
    assert.ok(
      seen[kind] <= budget,
      `${kind}: ${seen[kind].toFixed(1)} KB is more than ${budget} KB\n${each(files, brotli)}`,
    );
  }
});

test('what the Studio loads beyond that, gzip', () => {
  const chat = new Set(loadedBy('index.html'));
  const extra = loadedBy('studio/index.html', 'studio.html').filter((file) => !chat.has(file));
  const sum = (files) => files.reduce((total, file) => total + gzip(file), 0) / KB;
  const isEngine = (file) => file.endsWith('.wasm');
  // The Studio has an engine of its own, with a YAML reader, in the place of the Chat page's.
  const seen = {page: sum(extra.filter((file) => !isEngine(file))), engine: sum(extra.filter(isEngine))};
  console.log(`the Studio: ${say(seen)}`);
  for (const [kind, budget] of Object.entries(BUDGETS.studioExtra)) {
    assert.ok(
      seen[kind] <= budget,
      `${kind}: ${seen[kind].toFixed(1)} KB is more than ${budget} KB\n${each(extra, gzip)}`,
    );
  }
});

test('the Worker, gzip', () => {
  const files = filesUnder(at('worker/build')).filter((file) => /\.(js|mjs|wasm)$/.test(file));
  assert.ok(
    files.some((file) => file.endsWith('.wasm')),
    'it contains the engine',
  );
  const all = files.reduce((total, file) => total + gzip(file), 0) / KB;
  console.log(`the Worker: ${say({all})}`);
  assert.ok(all <= BUDGETS.worker, `${all.toFixed(1)} KB is more than ${BUDGETS.worker} KB\n${each(files, gzip)}`);
});

test('the visa tree, compiled, gzip', () => {
  const size = gzip(at('web/dist/trees/uk-visa.tree')) / KB;
  console.log(`the visa tree: ${say({compiled: size})}`);
  assert.ok(size <= BUDGETS.compiledTree, `${size.toFixed(1)} KB is more than ${BUDGETS.compiledTree} KB`);
});

test('the package for hosts, gzip', () => {
  const files = ['treebot_bg.wasm', 'treebot.js'].map((name) => at('web/pkg/host', name));
  const all = files.reduce((total, file) => total + gzip(file), 0);
  console.log(`the package for hosts: ${all} bytes`);
  assert.ok(all <= HOST, `${all} bytes are more than ${HOST}\n${each(files, gzip)}`);
});

/** A page and every file of the site that it names, or that one of those names, and so on. */
function loadedBy(...pages) {
  const dist = at('web/dist');
  const page = pages.map((name) => path.join(dist, name)).find((file) => existsSync(file));
  assert.ok(page, `web/dist has no ${pages.join(' or ')}`);
  const all = filesUnder(dist);
  const found = new Set([page]);
  for (const file of found) {
    if (!/\.(html|js|css)$/.test(file)) continue;
    const text = readFileSync(file, 'utf8');
    for (const other of all) {
      const isAsset = /\.(js|css|wasm|json|bin|svg|png|woff2)$/.test(other) && !other.endsWith('.map');
      if (isAsset && text.includes(path.basename(other))) found.add(other);
    }
  }
  return [...found];
}

function filesUnder(folder) {
  return readdirSync(folder, {recursive: true})
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

const say = (sizes) =>
  Object.entries(sizes)
    .map(([kind, size]) => `${kind} ${size.toFixed(1)} KB`)
    .join(', ');
const each = (files, size) =>
  files.map((file) => `  ${(size(file) / KB).toFixed(1)} KB  ${path.relative(at('.'), file)}`).join('\n');
