// Both ways to the wasm32 standard library, with stand-ins for the programs that would fetch it.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, beforeEach, test} from 'node:test';
import {at} from '../lib/tools.mjs';

const box = mkdtempSync(path.join(os.tmpdir(), 'treebot-toolchain-'));
const bin = path.join(box, 'bin');
const log = path.join(box, 'log');
const std = path.join(box, 'std');

after(() => rmSync(box, {recursive: true, force: true}));

beforeEach(() => {
  rmSync(bin, {recursive: true, force: true});
  rmSync(std, {recursive: true, force: true});
  mkdirSync(bin);
  writeFileSync(log, '');
  // A rustc whose wasm32 library is in a folder of this test.
  program('rustc', `[[ "$*" == *target-libdir* ]] && echo ${std}`);
  // A rustup that notes its calls; `target add` brings the library.
  program(
    'rustup',
    `echo "rustup $*" >>${log}
case "$1 $2" in
  "target add") mkdir -p ${std}; : >${std}/libcore-0.rlib ;;
  "show active-toolchain") echo "stable-x86_64-unknown-linux-gnu (default)" ;;
  "toolchain list") echo "stable-x86_64-unknown-linux-gnu (active, default)" ;;
esac`,
  );
});

test('an ordinary machine: rustup adds the target, once', () => {
  const first = toolchain();
  assert.equal(first.status, 0, first.stderr);
  assert.equal(first.stdout.trim(), 'stable-x86_64-unknown-linux-gnu');
  assert.deepEqual(calls('target add'), ['rustup target add wasm32-unknown-unknown']);

  writeFileSync(log, '');
  assert.equal(toolchain().stdout.trim(), 'stable-x86_64-unknown-linux-gnu');
  assert.deepEqual(calls('target add'), [], 'the second time there is nothing to add');
});

test('a rustup that has the target already is used as it is, even where it may fetch nothing', () => {
  mkdirSync(std);
  writeFileSync(path.join(std, 'libcore-0.rlib'), '');
  const {stdout, status} = toolchain({RUSTUP_AUTO_INSTALL: '0'});
  assert.equal(status, 0);
  assert.equal(stdout.trim(), 'stable-x86_64-unknown-linux-gnu');
  assert.deepEqual(calls('target add'), []);
});

test('a rustup that fails to add the target stops with its own words', () => {
  program('rustup', 'echo "error: could not download" >&2; exit 1');
  const {status, stderr} = toolchain();
  assert.notEqual(status, 0);
  assert.match(stderr, /could not download/);
});

test('where rustup may fetch nothing, the packages of Debian are asked for', () => {
  // Nothing is installed, and installing is refused: so the test sees what would be.
  program('dpkg-query', 'exit 1');
  program('sudo', 'exec "$@"');
  program('apt-get', `echo "apt-get $*" >>${log}; [[ $1 != install ]]`);
  const {status} = toolchain({RUSTUP_AUTO_INSTALL: '0'});
  assert.notEqual(status, 0);
  assert.deepEqual(calls('target add'), [], 'rustup is not asked to download');
  assert.match(calls('apt-get install').join('\n'), /\brustc-web\b.*\bcargo-web\b.*\brust-web-src\b/);
});

test('WASM_TOOLCHAIN chooses a way by name', () => {
  program('dpkg-query', 'exit 1');
  program('sudo', 'exec "$@"');
  program('apt-get', `echo "apt-get $*" >>${log}; [[ $1 != install ]]`);
  assert.notEqual(toolchain({WASM_TOOLCHAIN: 'debian'}).status, 0);
  assert.equal(calls('apt-get install').length, 1);
  assert.equal(toolchain({WASM_TOOLCHAIN: 'rustup', RUSTUP_AUTO_INSTALL: '0'}).status, 0);
  assert.equal(calls('target add').length, 1);
  const {status, stderr} = toolchain({WASM_TOOLCHAIN: 'homebrew'});
  assert.notEqual(status, 0);
  assert.match(stderr, /WASM_TOOLCHAIN/);
});

// On a machine that took Debian's way, a second run must find everything in place and be quick about it.
const stamp = '/usr/lib/rustlib/wasm32-unknown-unknown/lib/.stamp';
if (existsSync(stamp)) {
  test('Debian’s way, taken before, does nothing again', () => {
    const before = readFileSync(stamp, 'utf8');
    const {status, stderr} = spawnSync('bash', [at('scripts/wasm-toolchain.sh')], {
      encoding: 'utf8',
      env: {...process.env, WASM_TOOLCHAIN: 'debian'},
    });
    assert.equal(status, 0, stderr);
    assert.equal(readFileSync(stamp, 'utf8'), before);
    assert.doesNotMatch(stderr, /building|installing/);
  });
}

function program(name, body) {
  const file = path.join(bin, name);
  writeFileSync(file, `#!/usr/bin/env bash\n${body}\n`);
  chmodSync(file, 0o755);
}

function toolchain(env = {}) {
  const {RUSTUP_AUTO_INSTALL: _, WASM_TOOLCHAIN: __, RUSTUP_TOOLCHAIN: ___, ...rest} = process.env;
  return spawnSync('bash', [at('scripts/wasm-toolchain.sh')], {
    encoding: 'utf8',
    env: {...rest, PATH: `${bin}:${process.env.PATH}`, ...env},
  });
}

const calls = (what) =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes(what));
