// Running programs: what fails says so, and nothing is left running.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {test} from 'node:test';
import {RunFailed, run, start, stop} from '../lib/run.mjs';
import {at, isNewEnough, root} from '../lib/tools.mjs';

test('a program that fails is an error with everything that it printed', async () => {
  const failed = run('bash', ['-c', 'echo one; echo two >&2; exit 3']);
  await assert.rejects(failed, (error) => {
    assert.ok(error instanceof RunFailed);
    assert.match(error.message, /exit status 3/);
    assert.match(error.output, /one/);
    assert.match(error.output, /two/);
    return true;
  });
});

test('a program that is not there is named', async () => {
  await assert.rejects(run('no-such-program'), /there is no program `no-such-program` here/);
});

test('stopping a program stops its children too', async () => {
  const child = start('bash', ['-c', 'sleep 100 & echo $!; wait']);
  const sleeper = await firstLine(child);
  assert.ok(isRunning(sleeper));
  await stop(child);
  await until(() => !isRunning(sleeper));
});

test('a script that is stopped takes its programs with it', async () => {
  const code = `
    import {start} from './scripts/lib/run.mjs';
    start('bash', ['-c', 'sleep 100 & echo $!; wait']).stdout.pipe(process.stdout);`;
  const script = spawn(process.execPath, ['--input-type=module', '-e', code], {cwd: root});
  const sleeper = await firstLine(script);
  assert.ok(isRunning(sleeper));
  script.kill('SIGTERM');
  await until(() => !isRunning(sleeper));
});

test('npm start says which port is taken, and how to take another', async () => {
  const net = await import('node:net');
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address();
  const {code, output} = await run(process.execPath, [at('scripts/start.mjs'), '--port', String(port)], {
    mayFail: true,
  });
  server.close();
  assert.equal(code, 1);
  assert.match(output, new RegExp(`Port ${port} is taken`));
  assert.match(output, new RegExp(`--port ${port + 1}`));
});

test('npm start explains an option that it does not know', async () => {
  const {code, output} = await run(process.execPath, [at('scripts/start.mjs'), '--fast'], {mayFail: true});
  assert.equal(code, 1);
  assert.match(output, /--no-serve/);
});

test('versions are compared by number', () => {
  assert.ok(isNewEnough('22.12.0', '22.12.0'));
  assert.ok(isNewEnough('24.1.0', '22.12.0'));
  assert.ok(!isNewEnough('22.9.9', '22.12.0'));
  assert.ok(!isNewEnough('20.20.2', '22.12.0'));
});

function firstLine(child) {
  return new Promise((resolve) => child.stdout.once('data', (data) => resolve(Number(String(data).trim()))));
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition) {
  const end = Date.now() + 5000;
  while (!condition()) {
    assert.ok(Date.now() < end, 'it is still running after 5 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
