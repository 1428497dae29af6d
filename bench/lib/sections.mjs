// Reports that share one file: each program of the bench writes its own part of it, and leaves the others'.

import {existsSync, readFileSync, writeFileSync} from 'node:fs';

const begin = (name) => `<!-- ${name}: begin -->\n`;
const end = (name) => `<!-- ${name}: end -->\n`;

/** Writes one section, at its place or else at the end of the file. */
export function writeSection(file, name, text) {
  const section = `${begin(name)}${text.trimEnd()}\n${end(name)}`;
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const found = sectionOf(old, name);
  writeFileSync(file, found ? old.replace(found, () => section) : `${old.trimEnd()}\n\n${section}`.trimStart());
}

/** Writes everything but the sections, which stay at the end. */
export function writeAround(file, text) {
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const sections = [...old.matchAll(/^<!-- (\w+): begin -->$/gm)].map(([, name]) => sectionOf(old, name));
  writeFileSync(
    file,
    `${[text.trimEnd(), ...sections.filter(Boolean).map((section) => section.trimEnd()), ''].join('\n\n').trimEnd()}\n`,
  );
}

function sectionOf(text, name) {
  const [first, last] = [text.indexOf(begin(name)), text.indexOf(end(name))];
  return first >= 0 && last > first ? text.slice(first, last + end(name).length) : undefined;
}
