// Who takes part: Workers for one and the same workerd.

import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';
import {load} from 'js-yaml';
import {worker as buildTreebot} from '../../../scripts/lib/made.mjs';
import {run} from '../../../scripts/lib/run.mjs';
import {wasmEnv} from '../../../scripts/lib/setup.mjs';
import {shrink} from '../../../scripts/lib/shrink.mjs';
import {at, target, tool} from '../../../scripts/lib/tools.mjs';

const YAML = () => readFileSync(at('trees/uk-visa.yaml'), 'utf8');

/** The yardstick of what a request costs. */
export const YARDSTICK = 'plain';

/**
 * In the order of the report. `does`: the parts of a run that it takes part in; `answers`: whether it answers people;
 * `keepsEvents`: whether its store has an event for each input; `stored`: the value that its store has of someone who has
 * said so much, where a person has one value.
 */
export const CONTESTANTS = [
  {
    name: 'plain',
    title: 'JS Worker',
    about:
      'the plain walker of `npm run bench` in a Worker: one value in KV for each person, WebCrypto, the tree as JSON',
    does: ['load', 'cost', 'events', 'cold'],
    answers: true,
    modules: () => bundled('plain.js'),
  },
  {
    name: 'treebot',
    title: 'Treebot',
    about: 'the Worker as it is deployed, with all its trees',
    does: ['load', 'cost', 'events', 'cold'],
    answers: true,
    keepsEvents: true,
    modules: treebot,
  },
  {
    name: 'bare',
    title: 'bare Worker in Rust',
    about: 'the same plain job in Rust, with the `worker` crate as its documentation uses it, built by `worker-build`',
    does: ['cost', 'cold'],
    answers: true,
    modules: bare,
  },
  {
    name: 'replay',
    title: 'JS Worker that replays',
    about: 'the algorithm of the original bot: the transcript is stored, and each message replays it',
    does: ['events'],
    answers: true,
    modules: () => bundled('replay.js'),
    stored: replayed,
  },
  {
    name: 'yaml',
    title: 'JS Worker with js-yaml',
    about: 'the plain walker, which reads its tree from YAML when it starts',
    does: ['cold'],
    answers: true,
    modules: () => bundled('yaml.js'),
  },
  {
    name: 'empty',
    title: 'empty Worker',
    about: 'what the runtime itself needs',
    does: ['cost', 'cold'],
    modules: () => bundled('empty.js'),
  },
];

/** Another build of the Worker, such as that of yesterday, from its folder. */
export const another = (folder) => ({
  ...CONTESTANTS.find(({name}) => name === 'treebot'),
  name: 'another',
  title: 'Treebot, another build',
  about: `the Worker of \`${folder}\``,
  modules: () => modulesOf(folder),
});

/** What the Worker is made of, as it is uploaded; built if need be (see wrangler.toml). */
async function treebot() {
  const folder = at('worker/build');
  if (!process.env.SKIP_WORKER_BUILD || !existsSync(folder)) await buildTreebot();
  return modulesOf(folder);
}

/** The bare Worker in Rust, made as small as Treebot is. Cargo sees by itself whether something has changed. */
async function bare() {
  const folder = target('bench/bare');
  const tree = target('bench/tree.json');
  mkdirSync(path.dirname(tree), {recursive: true});
  // Its JSON keeps no order of keys, and answers have one.
  const pairs = (key, value) => (key === 'answers' ? Object.entries(value) : value);
  writeFileSync(tree, JSON.stringify(load(YAML()), pairs));
  await run(tool('worker-build'), ['--release', '--out-dir', folder], {
    cwd: at('bench/edge/bare'),
    env: {...(await wasmEnv()), BENCH_TREE: tree},
  });
  await shrink(path.join(folder, 'index_bg.wasm'), {mute: true});
  return modulesOf(folder);
}

function modulesOf(folder) {
  return [
    {name: 'index.js', kind: 'esModule', content: readFileSync(path.join(folder, 'index.js'))},
    {name: 'index_bg.wasm', kind: 'wasm', content: readFileSync(path.join(folder, 'index_bg.wasm'))},
  ];
}

/** One of `workers/`, with its tree, as wrangler would upload it with `--minify`. */
async function bundled(name) {
  const trees = {
    name: 'trees',
    setup({onResolve, onLoad}) {
      onResolve({filter: /^the (tree|source)$/}, ({path: name}) => ({path: name, namespace: 'trees'}));
      onLoad({filter: /^the tree$/, namespace: 'trees'}, () => ({
        contents: JSON.stringify(load(YAML())),
        loader: 'json',
      }));
      onLoad({filter: /^the source$/, namespace: 'trees'}, () => ({contents: YAML(), loader: 'text'}));
    },
  };
  const {outputFiles} = await build({
    entryPoints: [at('bench/edge/workers', name)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    plugins: [trees],
    logLevel: 'silent',
  });
  return [{name: 'index.js', kind: 'esModule', content: Buffer.from(outputFiles[0].contents)}];
}

/** The transcript after so many messages. */
async function replayed(events, texts) {
  const {replayer} = await import('../../contestants/js-full-replay.mjs');
  return replayer(load(YAML())).stored(events, texts);
}
