// The shape of the workspace, as tests: who may use which crate, and that every crate keeps the house rules.

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {root} from '../lib/tools.mjs';

const PURE = ['treebot', 'treebot-messenger'];

// What a pure crate must not bring in, even through another: clock, randomness, files, network, logging, the browser, the edge.
const FORBIDDEN =
  /^(wasm-bindgen.*|js-sys|web-sys|worker.*|serde-wasm-bindgen|getrandom|rand(_.*)?|fastrand|uuid|chrono|time|jiff|tokio|async-std|smol|futures.*|reqwest|hyper|ureq|socket2|mio|log|tracing.*|env_logger|tempfile|walkdir|memmap2|dirs.*|clap)$/;

for (const crate of PURE) {
  test(`${crate} uses no crate that could do more than compute`, () => {
    assert.deepEqual(
      dependencies(crate).filter((name) => FORBIDDEN.test(name)),
      [],
    );
  });
}

test('the tree of dependencies is really read', () => {
  assert.ok(dependencies('treebot').includes('sha2'), 'treebot makes digests');
  assert.ok(dependencies('treebot-web').includes('wasm-bindgen'), 'treebot-web is made for the browser');
});

test('the engine knows none of its hosts, and Messenger only the engine', () => {
  const ours = (crate) => dependencies(crate).filter((name) => name.startsWith('treebot') && name !== crate);
  assert.deepEqual(ours('treebot'), []);
  assert.deepEqual(ours('treebot-messenger'), ['treebot']);
  for (const host of ['treebot-web', 'treebot-worker', 'treebot-cli']) {
    assert.ok(ours(host).includes('treebot'), `${host} takes its conversations from the engine`);
    assert.ok(!ours(host).some((name) => /web|worker|cli/.test(name)), `${host} does not use another host`);
  }
});

test('every crate takes its lints, edition and licence from the workspace', () => {
  const {packages, workspace_members: members} = metadata();
  for (const {id, name, manifest_path: manifest, edition, license} of packages) {
    if (!members.includes(id)) continue;
    assert.equal(edition, '2024', name);
    assert.equal(license, 'MIT OR Apache-2.0', name);
    assert.match(read(manifest), /\[lints\]\s+workspace = true/, `${name} inherits the lints`);
  }
});

test('the crates and the commands of .tools/ have the same versions', () => {
  const {cargo} = JSON.parse(read(`${root}/scripts/versions.json`));
  const crate = metadata().packages.find(({name}) => name === 'wasm-bindgen');
  assert.equal(cargo['wasm-bindgen-cli'], crate.version);
});

function read(file) {
  return readFileSync(file, 'utf8');
}

/** The names of all crates that one is built from, itself included, whatever the platform. */
function dependencies(crate) {
  const lines = cargo('tree', '--package', crate, '--edges', 'normal', '--prefix', 'none', '--target', 'all');
  return [...new Set(lines.split('\n').map((line) => line.split(' ')[0]))].filter(Boolean);
}

function metadata() {
  return JSON.parse(cargo('metadata', '--format-version', '1'));
}

function cargo(...args) {
  return execFileSync('cargo', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
