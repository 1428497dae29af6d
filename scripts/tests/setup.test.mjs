// What is installed when something is missing, with stand-ins for the programs that would do it.

import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, beforeEach, test} from 'node:test';
import {run} from '../lib/run.mjs';
import {toolsFor, WANTED} from '../lib/setup.mjs';
import {cargoTools} from '../lib/tools.mjs';

const box = mkdtempSync(path.join(os.tmpdir(), 'treebot-setup-'));
const log = path.join(box, 'log');

after(() => rmSync(box, {recursive: true, force: true}));

beforeEach(() => {
  writeFileSync(log, '');
  program('apt-get', `echo "$*" >>${log}`);
  program('cargo', 'exit 0');
});

test('as root, a missing browser is installed', async () => {
  const {code, output} = await setup({user: 0, browser: 'missing'});
  assert.equal(code, 0, output);
  assert.deepEqual(calls(), [
    '--version',
    'update -qq',
    'install -y -qq --no-install-recommends chromium chromium-driver',
  ]);
});

test('others are given the one line to run', async () => {
  const {code, output} = await setup({user: 1000, browser: 'missing'});
  assert.equal(code, 1);
  assert.match(output, /\n {4}sudo apt-get update && sudo apt-get install -y chromium chromium-driver\n/);
  assert.deepEqual(calls(), ['--version'], 'and nothing is tried behind their back');
});

test('where there is no apt-get, the message says what is missing and how to name it', async () => {
  program('apt-get', 'exit 1');
  const {code, output} = await setup({user: 0, browser: 'missing'});
  assert.equal(code, 1);
  assert.match(output, /chromium chromium-driver/);
  assert.match(output, /CHROMIUM and CHROMEDRIVER/);
});

test('a browser that is there is left alone', async () => {
  const {code, output} = await setup({user: 1000, browser: 'there'});
  assert.equal(code, 0, output);
  assert.deepEqual(calls(), []);
});

test('without Rust, that is what is said', async () => {
  program('cargo', 'exit 127');
  const {code, output} = await setup({user: 0, browser: 'there'});
  assert.equal(code, 1);
  assert.match(output, /Rust is missing/);
});

test('what only the benchmarks are built with is compiled for them alone', () => {
  const crates = (wanted) => toolsFor(wanted).map(({crate}) => crate);
  assert.deepEqual(crates(WANTED.start), ['wasm-bindgen-cli']);
  assert.deepEqual(crates(WANTED.test), ['wasm-bindgen-cli', 'cargo-deny']);
  assert.deepEqual(crates(['worker-build']), ['worker-build']);
  assert.equal(crates([...WANTED.test, 'worker-build']).length, cargoTools.length, 'each can be asked for');
});

function program(name, body) {
  writeFileSync(path.join(box, name), `#!/usr/bin/env bash\n${body}\n`);
  chmodSync(path.join(box, name), 0o755);
}

function setup({user, browser}) {
  const program = browser === 'there' ? process.execPath : path.join(box, 'nothing');
  const code = `
    process.getuid = () => ${user};
    const {main} = await import('./scripts/lib/run.mjs');
    const {setup} = await import('./scripts/lib/setup.mjs');
    await main(() => setup({for: 'test', only: ['browser']}));`;
  return run(process.execPath, ['--input-type=module', '-e', code], {
    mayFail: true,
    env: {PATH: `${box}:${process.env.PATH}`, CHROMIUM: program, CHROMEDRIVER: program},
  });
}

const calls = () => readFileSync(log, 'utf8').split('\n').filter(Boolean);
