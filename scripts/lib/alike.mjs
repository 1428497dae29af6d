// Putting the functions of a wasm file in an order in which those that are alike stand side by side.
//
// Compression writes what comes again as how far back it was, and what is near takes fewer bits. Of an iterator that is
// compiled for many types there are dozens of functions that hardly differ; together they take a thirtieth less of the
// whole. What a function does, and what it is called from outside, stays the same.

import {bodiesOf, countImports, eachInstruction, leb, OP, SECTION, sectionsOf, sized, withSections} from './wasm.mjs';

/** A file with its functions in another order. Their names are lost. */
export function alikeTogether(wasm) {
  const sections = sectionsOf(wasm);
  const one = (id) => sections.find((section) => section.id === id);
  const imported = countImports(one(SECTION.import));
  const types = one(SECTION.function).rest();
  const typed = types.list(() => types.number());
  const functions = bodiesOf(one(SECTION.code)).map((body, at) => ({...body, at, type: typed[at]}));
  const order = inOrder(wasm, functions);
  const numbers = new Map(order.map(({at}, number) => [imported + at, imported + number]));
  const renumbered = (number) => leb(numbers.get(number) ?? number);
  return withSections(wasm, (section) => {
    switch (section.id) {
      case SECTION.custom:
        return section.name === 'name' ? null : undefined;
      case SECTION.function:
        return listed(order.map(({type}) => leb(type)));
      case SECTION.code:
        return listed(order.map((body) => sized(rewritten(wasm, body, renumbered))));
      case SECTION.export:
        return exports(wasm, section.rest(), renumbered);
      case SECTION.element:
        return elements(wasm, section.rest(), renumbered);
      case SECTION.start:
        return renumbered(section.rest().number());
      default:
        return undefined;
    }
  });
}

/** Type by type; of each type the smallest first, and then always the one that is most like the last. */
function inOrder(wasm, functions) {
  const types = [...new Set(functions.map(({type}) => type))].sort((one, other) => one - other);
  return types.flatMap((type) =>
    chained(
      wasm,
      functions.filter((body) => body.type === type),
    ),
  );
}

/** With how many others a function is compared. */
const MAX_LOOKS = 100;

function chained(wasm, functions) {
  const sorted = functions
    .map((body) => ({body, ...piecesOf(wasm, body)}))
    .sort((one, other) => one.count - other.count);
  // Those that are left, each with the next smaller and the next larger.
  for (const [at, one] of sorted.entries()) Object.assign(one, {smaller: sorted[at - 1], larger: sorted[at + 1]});
  const order = [];
  for (let last = sorted[0]; last; ) {
    order.push(last.body);
    let {smaller, larger} = last;
    if (smaller) smaller.larger = larger;
    if (larger) larger.smaller = smaller;
    let [best, most] = [undefined, -1];
    // However alike they are, the larger one has more: so the search goes from those that are as large outwards.
    for (let looks = 0; looks < MAX_LOOKS; looks++) {
      const isNear = share(smaller, last) >= share(last, larger);
      if (share(smaller, last) <= most && share(last, larger) <= most) break;
      const one = isNear ? smaller : larger;
      if (isNear) smaller = smaller.smaller;
      else larger = larger.larger;
      const alike = likeness(one, last);
      if (alike > most) [best, most] = [one, alike];
    }
    last = best;
  }
  return order;
}

/** How large the smaller of two functions is beside the larger; none is nothing like any. */
const share = (small, large) => (small && large ? (small.count + 1) / (large.count + 1) : -1);

/** How many of four bytes in a row two functions have in common, as a part of all. */
function likeness({pieces: some}, {pieces: others}) {
  let [at, other, common] = [0, 0, 0];
  while (at < some.length && other < others.length) {
    const difference = some[at] - others[other];
    if (difference === 0) common++;
    if (difference <= 0) at++;
    if (difference >= 0) other++;
  }
  return common / (some.length + others.length - common + 1);
}

/** Every four bytes in a row of a function, sorted. */
function piecesOf(wasm, {start, end}) {
  const count = Math.max(0, end - start - 3);
  const pieces = Int32Array.from({length: count}, (_, at) => wasm.readInt32BE(start + at)).sort();
  return {pieces, count};
}

const listed = (parts) => Buffer.concat([leb(parts.length), ...parts]);

/** A function that calls others by their new numbers. */
function rewritten(wasm, body, renumbered) {
  const parts = [];
  let from = body.start;
  eachInstruction(wasm, body, ({opcode, number, at, next}) => {
    if (opcode !== OP.call && opcode !== OP.function) return;
    parts.push(wasm.subarray(from, at + 1), renumbered(number));
    from = next;
  });
  return Buffer.concat([...parts, wasm.subarray(from, body.end)]);
}

function exports(wasm, reader, renumbered) {
  return listed(
    reader.list(() => {
      const start = reader.at;
      reader.text();
      const kind = reader.byte();
      const before = wasm.subarray(start, reader.at);
      const number = reader.number();
      return Buffer.concat([before, kind === 0 ? renumbered(number) : leb(number)]);
    }),
  );
}

/** Tables of functions; of the one kind that there is. */
function elements(wasm, reader, renumbered) {
  return listed(
    reader.list(() => {
      const start = reader.at;
      if (reader.number() !== 0) throw new Error('a table of a kind that is not known');
      while (reader.byte() !== OP.end) reader.number();
      const before = wasm.subarray(start, reader.at);
      return Buffer.concat([before, listed(reader.list(() => renumbered(reader.number())))]);
    }),
  );
}
