// CSML's interpreter in Rust, native; see native/src/contestants/csml.rs.
//
// Not in by default: it brings OpenSSL, which is compiled from source, and needs an old `ureq` to compile at all.

import * as native from '../lib/native.mjs';

export const title = 'CSML';
export const about =
  'the interpreter of CSML, native; a step per node, the bot validated beforehand as its engine does it';
export const from = 'crate:csml_interpreter';
export const extension = 'csml';
export const only = ['messages', 'load'];

export const missing = () =>
  process.env.BENCH_CSML ? undefined : 'it takes some minutes more to compile; BENCH_CSML=1 takes it in';

export function translate({nodes}) {
  const lines = [];
  for (const [index, {says, answers}] of nodes.entries()) {
    lines.push(`${index === 0 ? 'start' : `n${index}`}:`);
    const texts = answers.length ? says.slice(0, -1) : says;
    for (const text of texts) lines.push(`  say ${string(text)}`);
    if (answers.length) {
      const buttons = answers.map(({label}) => `Button(${string(label)})`).join(', ');
      lines.push(`  say Question(title = ${string(says.at(-1))}, buttons = [${buttons}])`, '  hold');
      for (const [n, {label, to}] of answers.entries()) {
        lines.push(`  if (event == ${string(label.toLowerCase())} || event == "${n + 1}") goto n${to}`);
      }
      lines.push(`  say "Sorry, I didn't understand."`, `  goto ${index === 0 ? 'start' : `n${index}`}`);
    } else lines.push('  goto end');
    lines.push('');
  }
  return lines.join('\n');
}

const string = (text) => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('{{', '\\{\\{')}"`;

export const prepare = () => native.prepare('csml');
export const command = native.command('csml', 'bench-csml');
