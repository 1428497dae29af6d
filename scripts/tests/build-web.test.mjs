// A broken tree stops the build, and says where it is broken.

import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {checkTrees} from '../build-web.mjs';
import {RunFailed} from '../lib/run.mjs';
import {at} from '../lib/tools.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'treebot-trees-'));
after(() => rmSync(folder, {recursive: true}));

test('the trees of the project can be published', async () => {
  const trees = await checkTrees(at('trees'));
  assert.ok(trees.includes(at('trees/uk-visa.yaml')));
});

test('a broken tree cannot, and its diagnostics say why', async () => {
  writeFileSync(path.join(folder, 'good.yaml'), 'say: Hi\nanswers:\n  hi: Bye\n');
  writeFileSync(path.join(folder, 'broken.yaml'), 'say: Hi\nanswer:\n  hi: Bye\n');
  await assert.rejects(checkTrees(folder), (error) => {
    assert.ok(error instanceof RunFailed);
    assert.match(error.output, /broken\.yaml/);
    assert.match(error.output, /unknown key `answer`/);
    return true;
  });
});
