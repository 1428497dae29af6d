// House rules about files: what must be there, and what must never be.

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {at, root} from '../lib/tools.mjs';

const tracked = execFileSync('git', ['ls-files', '-z'], {cwd: root, encoding: 'utf8'}).split('\0').filter(Boolean);
const read = (file) => readFileSync(at(file), 'utf8');
const isText = (file) => !/\.(png|wasm|ico|woff2?)$/.test(file) && existsSync(at(file));

for (const folder of ['.', 'bench']) {
  const lockFile = path.join(folder, 'package-lock.json');

  test(`${lockFile} names no registry, and package.json only exact versions`, () => {
    const lock = JSON.parse(read(lockFile));
    for (const [name, entry] of Object.entries(lock.packages)) assert.equal(entry.resolved, undefined, name);
    const {dependencies, devDependencies, optionalDependencies} = JSON.parse(read(path.join(folder, 'package.json')));
    for (const [name, version] of Object.entries({...dependencies, ...devDependencies, ...optionalDependencies})) {
      assert.match(version, /^(npm:[\w-]+@)?\d+\.\d+\.\d+$/, name);
    }
  });

  test(`${lockFile} has the packages of every platform, or \`npm ci\` fails there`, () => {
    const {packages} = JSON.parse(read(lockFile));
    for (const [name, {optionalDependencies = {}}] of Object.entries(packages)) {
      for (const optional of Object.keys(optionalDependencies)) {
        const found = Object.keys(packages).some((key) => key.endsWith(`node_modules/${optional}`));
        assert.ok(found, `${optional}, wanted by ${name || 'the project'}`);
      }
    }
  });
}

test('no file is about one machine', () => {
  const places = new RegExp(['/wo' + 'rk/', '/ro' + 'ot/', '/ho' + 'me/[a-z]', '/tm' + 'p/[a-z]'].join('|'));
  const guilty = tracked.filter(isText).filter((file) => !file.startsWith('LICENSE') && places.test(read(file)));
  assert.deepEqual(guilty, []);
});

test('the files that people look for are there', () => {
  const wanted = [
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE-MIT',
    'LICENSE-APACHE',
    'wrangler.toml',
    '.dev.vars.example',
    'docs/architecture.md',
    'docs/deploy.md',
    'docs/tree-format.md',
    'docs/screenshots/chat-1280-light.png',
    'docs/accessibility.md',
    'docs/embed.md',
    'trees/uk-visa.yaml',
    'trees/first.yaml',
  ];
  assert.deepEqual(
    wanted.filter((file) => !tracked.includes(file)),
    [],
  );
});

test('links between documents lead somewhere', () => {
  const broken = [];
  for (const file of tracked.filter((name) => name.endsWith('.md'))) {
    // In the examples of trees there are links that are wrong on purpose.
    const prose = read(file).replace(/^```[\s\S]*?^```/gm, '');
    for (const [, link] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:|^#/.test(link)) continue;
      const goal = path.join(path.dirname(at(file)), link.split('#')[0]);
      if (!existsSync(goal)) broken.push(`${file}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('every command of package.json runs a script that is there', () => {
  for (const [name, command] of Object.entries(JSON.parse(read('package.json')).scripts)) {
    assert.ok(existsSync(at(command.split(' ')[1])), `npm run ${name}: ${command}`);
  }
});

test('CI runs npm test, and nothing else', () => {
  const commands = read('.ci/run')
    .split('\n')
    .filter((line) => line && !/^(#|set |cd )/.test(line));
  assert.deepEqual(commands, ['npm test']);
});

test('git ignores secrets, and holds none', () => {
  assert.ok(!tracked.includes('.dev.vars'));
  execFileSync('git', ['check-ignore', '-q', '.dev.vars'], {cwd: root});
});
