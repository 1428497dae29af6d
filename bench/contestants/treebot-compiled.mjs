// Treebot as a host in JavaScript has it that gets its trees compiled: the package without a YAML reader, as
// `npm run build` leaves it in web/pkg/host. Trees are compiled beforehand by `treebot compile`, or the bench's own
// program where they are larger than that allows.

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {run} from '../../scripts/lib/run.mjs';
import {buildNative, buildWasm, bundle as bundleOf, files, program} from '../lib/ours.mjs';
import {bot, engine, isAtWork} from '../lib/talk.mjs';

export const title = 'Treebot, wasm, compiled trees';
export const about = 'the same without a YAML reader: trees arrive compiled';
export const grows = true;
export const sentences = true;
export const typos = true;

export async function prepare() {
  await buildNative();
  await buildWasm();
}
export const download = () => [files('host')[0]];
export const bundle = bundleOf('host');

export const extension = 'tree';
export const binary = true;
export async function translate(_, yaml) {
  const folder = mkdtempSync(path.join(tmpdir(), 'treebot-bench-'));
  const [from, into] = ['tree.yaml', 'tree.tree'].map((name) => path.join(folder, name));
  try {
    writeFileSync(from, yaml);
    const {code, output} = await run(program('treebot-bench'), ['compile', from, into], {mayFail: true});
    if (code !== 0) throw new Error(output.trim());
    return readFileSync(into);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const {memory, Talk} = isAtWork ? await engine('host') : {};

export const load = (source) => bot(memory, new Talk(source, 'bench'));
