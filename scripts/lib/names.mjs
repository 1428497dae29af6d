// Short names for what the engine imports from its JavaScript. `wasm-bindgen` makes long ones with a digest in each; they are
// in both files, and no compression makes a digest smaller.

import {importsOf, leb, SECTION, sized, withSections} from './wasm.mjs';

/** How names begin that `wasm-bindgen` makes. */
const LONG = /^__(wbg|wbindgen)_/;

/** A wasm file and its JavaScript, with short names for what the first has from the second. */
export function withShortNames(wasm, js) {
  const short = new Map();
  const renamed = withSections(wasm, (section) => {
    if (section.id !== SECTION.import) return undefined;
    const parts = importsOf(section).map(({start, nameAt, name, kindAt, end}) => {
      if (LONG.test(name) && !short.has(name)) short.set(name, `$${short.size.toString(36)}`);
      const shortened = sized(Buffer.from(short.get(name) ?? name));
      return Buffer.concat([wasm.subarray(start, nameAt), shortened, wasm.subarray(kindAt, end)]);
    });
    return Buffer.concat([leb(parts.length), ...parts]);
  });
  let text = js;
  for (const [name, shortened] of short) {
    const [before, after, ...more] = text.split(` ${name}: function`);
    if (after === undefined || more.length > 0) throw new Error(`the JavaScript does not have ${name} once`);
    text = `${before} ${shortened}: function${after}`;
  }
  return {wasm: renamed, js: text};
}
