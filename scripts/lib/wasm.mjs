// Wasm files, as far as one must know them to leave something out of one or to put it in another order.

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
};

/** Reads a part of a file from its start. */
export class Reader {
  constructor(bytes, at, end) {
    Object.assign(this, {bytes, at, end});
  }
  get isDone() {
    return this.at >= this.end;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let [number, scale, byte] = [0, 1, 0];
    do {
      byte = this.byte();
      number += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte & 0x80);
    return number;
  }
  /** So many numbers, which nobody needs. */
  numbers(count) {
    for (let left = count; left > 0; left--) this.number();
  }
  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
  /** A list, each of it read by `read`. */
  list(read) {
    return Array.from({length: this.number()}, (_, index) => read(index));
  }
}

/** A number as it is written. */
export function leb(number) {
  const bytes = [];
  let left = number;
  do {
    bytes.push((left % 128) | (left >= 128 ? 0x80 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return Buffer.from(bytes);
}

/** Bytes with their length before them. */
export const sized = (bytes) => Buffer.concat([leb(bytes.length), bytes]);

/** The sections of a file; `rest` reads one, a custom one from behind its name. */
export function sectionsOf(wasm) {
  const file = new Reader(wasm, 8, wasm.length);
  const sections = [];
  while (!file.isDone) {
    const id = file.byte();
    const length = file.number();
    const [start, end] = [file.at, file.at + length];
    const inside = new Reader(wasm, start, end);
    const name = id === SECTION.custom ? inside.text() : undefined;
    const {at} = inside;
    sections.push({id, name, start, end, rest: () => new Reader(wasm, at, end)});
    file.at = end;
  }
  return sections;
}

/** A file of these sections: each as it was, or with what `change` gives for it; without those that it gives null for. */
export function withSections(wasm, change) {
  const parts = [wasm.subarray(0, 8)];
  for (const section of sectionsOf(wasm)) {
    const body = change(section);
    if (body !== null) parts.push(Buffer.from([section.id]), sized(body ?? wasm.subarray(section.start, section.end)));
  }
  return Buffer.concat(parts);
}

/** What is imported, and where each import, its name and what follows that is. */
export function importsOf(section) {
  const reader = section?.rest();
  if (!reader) return [];
  return reader.list(() => {
    const start = reader.at;
    reader.text();
    const nameAt = reader.at;
    const name = reader.text();
    const kindAt = reader.at;
    const kind = reader.byte();
    if (kind === 1 || kind === 3 || kind === 4) reader.byte();
    if (kind === 3) reader.byte();
    else if (kind === 0 || kind === 4) reader.number();
    else reader.numbers(1 + (reader.number() & 1));
    return {start, nameAt, name, kindAt, kind, end: reader.at};
  });
}

/** How many functions are imported: they have the first numbers. */
export const countImports = (section) => importsOf(section).filter(({kind}) => kind === 0).length;

/** Where the body of each function is. */
export function bodiesOf(section) {
  const reader = section.rest();
  return reader.list(() => {
    const length = reader.number();
    const start = reader.at;
    reader.at += length;
    return {start, end: reader.at};
  });
}

/** The names of functions, by their numbers. */
export function namesOf(section) {
  const reader = section?.rest();
  while (reader && !reader.isDone) {
    const kind = reader.byte();
    const end = reader.number() + reader.at;
    if (kind === 1) return new Map(reader.list(() => [reader.number(), reader.text()]));
    reader.at = end;
  }
  return undefined;
}

/** Opcodes that somebody asks for. */
export const OP = {
  unreachable: 0x00,
  nop: 0x01,
  end: 0x0b,
  call: 0x10,
  setGlobal: 0x24,
  growMemory: 0x40,
  function: 0xd2,
};
export const CONTROL = new Set([...range(0x02, 0x19), 0x1f]);
export const STORES = range(0x36, 0x3e);
export const PREFIXES = range(0xfb, 0xfe);
const BLOCKS = new Set([0x02, 0x03, 0x04, 0x06]);
/** How a memory is reached, and calls by a table. */
const TWO_NUMBERS = new Set([0x11, ...range(0x28, 0x3e)]);
/** What is thrown and caught, branches, calls, variables, tables, the size of memory, constants, references to functions. */
const ONE_NUMBER = new Set([
  0x07,
  0x08,
  0x09,
  0x0c,
  0x0d,
  0x10,
  0x12,
  0x18,
  ...range(0x20, 0x26),
  ...range(0x3f, 0x42),
  0xd0,
  0xd2,
]);
const PLAIN = new Set([0x00, 0x01, 0x05, 0x0a, 0x0b, 0x0f, 0x19, 0x1a, 0x1b, 0xd1, ...range(0x45, 0xc4)]);
/** Conversions that do not stop, and moving much memory at once: how many numbers follow. */
const PREFIXED = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** Calls `visit` with each instruction of a function: its opcode, the number that follows, and where that is. */
export function eachInstruction(wasm, {start, end}, visit) {
  const code = new Reader(wasm, start, end);
  code.list(() => [code.number(), code.byte()]);
  visit({opcode: undefined, at: code.at, next: code.at});
  while (!code.isDone) {
    const {at} = code;
    const opcode = code.byte();
    const number = ONE_NUMBER.has(opcode) ? code.number() : skip(code, opcode);
    visit({opcode, number, at, next: code.at});
  }
  if (code.at !== end) throw new Error('instructions that do not end where their function does');
}

/** Steps over what follows an opcode. */
function skip(code, opcode) {
  if (BLOCKS.has(opcode)) code.number();
  else if (TWO_NUMBERS.has(opcode)) code.numbers(2);
  else if (opcode === 0x0e) code.numbers(code.number() + 1);
  else if (opcode === 0x1c) code.at += code.number();
  else if (opcode === 0x1f) {
    code.number();
    // Each place to go on at, for what is thrown by a name, or for all.
    code.list(() => code.numbers(code.byte() < 2 ? 2 : 1));
  } else if (opcode === 0x43) code.at += 4;
  else if (opcode === 0x44) code.at += 8;
  else if (opcode === 0xfc) {
    const count = PREFIXED[code.number()];
    if (count === undefined) throw new Error('an instruction that is not known');
    code.numbers(count);
  } else if (!PLAIN.has(opcode)) throw new Error(`an instruction that is not known: ${opcode}`);
}

function range(first, last) {
  return new Set(Array.from({length: last - first + 1}, (_, index) => first + index));
}
