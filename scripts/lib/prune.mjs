// Leaving out of a wasm file what nothing can reach once some of its functions only stop: the constants that these were
// handed, and the functions that only such constants named.
//
// The linker has thrown away what nothing reached before that. Its records of who names what (`--emit-relocs`) are read
// here, so nothing is guessed: a byte or a function that any record of something alive names stays.

import {
  bodiesOf,
  CONTROL,
  countImports,
  eachInstruction,
  leb,
  namesOf,
  OP,
  PREFIXES,
  SECTION,
  STORES,
  sectionsOf,
  sized,
  withSections,
} from './wasm.mjs';

/** What the compiler is told, so that the linker tells who names whom, and names functions as people do. */
export const RECORDS = ['-C', 'link-arg=--emit-relocs', '-C', 'link-arg=--demangle'];

/** What a function is that only stops: no variables, `unreachable`, end. */
const STOP = Buffer.from([0x00, 0x00, 0x0b]);

const SYMBOL = {function: 0, data: 1, section: 3};
/** Flags of a symbol: it is elsewhere, or has a name all the same. */
const UNDEFINED = 0x10;
const EXPLICIT_NAME = 0x40;

/**
 * A module, as the linker left it with `--emit-relocs`, without what cannot be reached if the functions for whose names
 * `stops` holds do nothing but stop. Gives the bytes, and how many functions and bytes of data were left out.
 */
export function prune(wasm, stops) {
  const sections = sectionsOf(wasm);
  const one = (id) => sections.find((section) => section.id === id);
  const custom = (name) => sections.find((section) => section.name === name);
  const symbols = symbolsOf(custom('linking')?.rest());
  const names = namesOf(custom('name'));
  if (!symbols || !names) throw new Error('the module has no records of its linker, or no names of functions');
  const imported = countImports(one(SECTION.import));
  const bodies = bodiesOf(one(SECTION.code));
  const segments = segmentsOf(one(SECTION.data));

  const muted = new Set(bodies.map((_, at) => imported + at).filter((index) => stops(names.get(index) ?? '')));
  const out = Buffer.from(wasm);
  // Whatever is only worked out for a function that stops is not worked out at all.
  const ahead = bodies.flatMap((body) => stretchesBefore(wasm, body, (index) => muted.has(index)));
  for (const {start, end} of ahead) out.fill(OP.nop, start, end).fill(OP.unreachable, start, start + 1);
  // What each function and each piece of data names: symbols.
  const isLeftOut = within(ahead);
  const inCode = relocsOf(custom('reloc.CODE')?.rest()).filter(({at}) => !isLeftOut(at));
  const byFunction = placed(inCode, bodies);
  const byData = relocsOf(custom('reloc.DATA')?.rest());
  const data = symbols.filter((symbol) => symbol.kind === SYMBOL.data && symbol.segment !== undefined);
  for (const symbol of data) {
    const segment = segments[symbol.segment];
    symbol.start = segment.start + symbol.offset;
    symbol.end = symbol.start + symbol.size;
  }

  const alive = new Set();
  const open = [];
  const reachFunction = (index) => {
    if (alive.has(index)) return;
    alive.add(index);
    open.push(index);
  };
  const reach = (symbol) => {
    if (symbol.kind === SYMBOL.function) return reachFunction(symbol.index);
    if (symbol.kind !== SYMBOL.data || symbol.alive) return;
    symbol.alive = true;
    for (const {at, symbol: number} of byData) {
      if (symbol.start <= at && at < symbol.end) reach(symbols[number]);
    }
  };
  for (const index of rootsOf(one(SECTION.export)?.rest(), one(SECTION.start)?.rest())) reachFunction(index);
  // Data that no symbol has is nobody's to leave out.
  for (const {at, symbol} of byData) {
    if (!data.some((of) => of.start <= at && at < of.end)) reach(symbols[symbol]);
  }
  while (open.length > 0) {
    const index = open.pop();
    if (muted.has(index)) continue;
    for (const number of byFunction.get(index - imported) ?? []) reach(symbols[number]);
  }

  const kept = data.filter((symbol) => symbol.alive);
  let bytes = 0;
  for (const symbol of data.filter((symbol) => !symbol.alive)) {
    for (let at = symbol.start; at < symbol.end; at++) {
      if (kept.some((other) => other.start <= at && at < other.end)) continue;
      out[at] = 0;
      bytes++;
    }
  }
  const dead = new Set(bodies.map((_, at) => imported + at).filter((index) => muted.has(index) || !alive.has(index)));
  const code = bodies.map((body, at) => sized(dead.has(imported + at) ? STOP : out.subarray(body.start, body.end)));
  const pruned = withSections(out, ({id, name}) => {
    if (name === 'linking' || name?.startsWith('reloc.')) return null;
    return id === SECTION.code ? Buffer.concat([leb(code.length), ...code]) : undefined;
  });
  return {wasm: pruned, functions: dead.size, muted: muted.size, bytes};
}

/**
 * The rows of instructions of a function that only work something out for a call of a function for which `stops` holds,
 * that call included: back to the last branch, the last other call, or whatever else others can see.
 *
 * @returns {{start: number, end: number}[]} places in the file
 */
export function stretchesBefore(wasm, body, stops) {
  const found = [];
  let start = body.start;
  eachInstruction(wasm, body, ({opcode, number, next}) => {
    if (opcode === OP.call && stops(number)) found.push({start, end: next});
    if (opcode === undefined || isSeen(opcode)) start = next;
  });
  return found;
}

const isSeen = (opcode) =>
  CONTROL.has(opcode) ||
  STORES.has(opcode) ||
  PREFIXES.has(opcode) ||
  opcode === OP.setGlobal ||
  opcode === OP.growMemory;

/** Whether a place is in one of these stretches. */
function within(stretches) {
  const sorted = stretches.toSorted((one, other) => one.start - other.start);
  return (at) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle].end <= at) low = middle + 1;
      else high = middle;
    }
    return low < sorted.length && sorted[low].start <= at;
  };
}

function symbolsOf(linking) {
  if (!linking) return undefined;
  linking.number();
  while (!linking.isDone) {
    const kind = linking.byte();
    const length = linking.number();
    if (kind === 8) return linking.list(() => symbolOf(linking));
    linking.at += length;
  }
  return undefined;
}

function symbolOf(reader) {
  const kind = reader.byte();
  const flags = reader.number();
  const isHere = (flags & UNDEFINED) === 0;
  if (kind === SYMBOL.data) {
    const name = reader.text();
    if (!isHere) return {kind, name};
    return {kind, name, segment: reader.number(), offset: reader.number(), size: reader.number()};
  }
  if (kind === SYMBOL.section) return {kind, index: reader.number()};
  const index = reader.number();
  return {kind, index, name: isHere || flags & EXPLICIT_NAME ? reader.text() : undefined};
}

/** Kinds of records that name no symbol, or have a number beside it. */
const TYPE_INDEX = 6;
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 21, 22, 23, 25]);

/** Who is named where: by the place in the file. */
function relocsOf(reader) {
  if (!reader) return [];
  const section = reader.number();
  const start = sectionsOf(reader.bytes)[section].start;
  const all = reader.list(() => {
    const kind = reader.byte();
    const at = start + reader.number();
    const symbol = reader.number();
    if (WITH_ADDEND.has(kind)) reader.number();
    return {kind, at, symbol};
  });
  return all.filter(({kind}) => kind !== TYPE_INDEX);
}

/** What is named in each function. */
function placed(relocs, bodies) {
  const byFunction = new Map();
  let at = 0;
  for (const reloc of relocs.toSorted((one, other) => one.at - other.at)) {
    while (at < bodies.length && bodies[at].end <= reloc.at) at++;
    const list = byFunction.get(at) ?? [];
    list.push(reloc.symbol);
    byFunction.set(at, list);
  }
  return byFunction;
}

function segmentsOf(section) {
  if (!section) return [];
  const reader = section.rest();
  return reader.list(() => {
    const kind = reader.number();
    if (kind === 2) reader.number();
    if (kind !== 1) {
      // Where it goes: a constant, or a global and what is added to it; up to its end.
      while (reader.byte() !== 0x0b) reader.number();
    }
    const length = reader.number();
    const start = reader.at;
    reader.at += length;
    return {start, end: reader.at};
  });
}

/** The functions that are called from outside. */
function rootsOf(exported, start) {
  const roots = [];
  exported?.list(() => {
    exported.text();
    const kind = exported.byte();
    const index = exported.number();
    if (kind === 0) roots.push(index);
  });
  if (start) roots.push(start.number());
  return roots;
}
