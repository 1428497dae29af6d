// The JavaScript around the Chat page's engine, without what this page never does: it has one conversation, which it keeps
// until it is closed, and it hands texts over that are short.

import type {Plugin} from 'vite';

export function lightGlue(): Plugin {
  return {
    name: 'light-glue',
    transform: (code, id) => (id.endsWith('/pkg/chat/treebot.js') ? {code: lightened(code), map: null} : undefined),
  };
}

/** Each with what stands there instead. What `wasm-bindgen` writes otherwise than this stops the build. */
const UNUSED: [pattern: RegExp, instead: string][] = [
  // Who asks for help types it.
  [/^ {4}help\(\) \{\n.*?^ {4}\}\n/ms, ''],
  // Giving a session back.
  [/^ {4}__destroy_into_raw\(\) \{\n.*?^ {4}\}\n/ms, ''],
  [/^ {4}free\(\) \{\n.*?^ {4}\}\n/ms, ''],
  [/^if \(Symbol\.dispose\).*\n/m, ''],
  [/^ *SessionFinalization\.register\(.*\n/m, ''],
  [/^const SessionFinalization = [^;]*;\n/m, ''],
  // What it was handed, where there is no memory for all of it: then nothing works any more.
  [/^ *try \{\n((?: *(?:ptr|len)\d = .*\n)+) *\} catch \(e\) \{\n(?: *if \(ptr.*\n)+ *throw e;\n *\}\n/gm, '$1'],
  // Views of the memory, made once for as long as it does not grow: they cost nothing beside a turn.
  [
    /^let cachedDataViewMemory0.*?^\}\n/ms,
    'function getDataViewMemory0() {\n    return new DataView(wasm.memory.buffer);\n}\n',
  ],
  [
    /^let cachedUint8ArrayMemory0.*?^\}\n/ms,
    'function getUint8ArrayMemory0() {\n    return new Uint8Array(wasm.memory.buffer);\n}\n',
  ],
  [/^ *cached(?:DataView|Uint8Array)Memory0 = null;\n/gm, ''],
  // Two ways to hand the module over, of which one is old.
  [
    /if \(module !== undefined\) \{\n\s*if \(Object\.getPrototypeOf.*?\} else \{\n\s*console\.warn[^\n]*\n\s*\}\n\s*\}\n/s,
    '({module} = module);\n',
  ],
  // Browsers that have no `encodeInto`, and a way with it that is quicker for long texts.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n.*?^\}\n/ms, ''],
  [
    /^function passStringToWasm0\(.*?^\}\n/ms,
    'function passStringToWasm0(arg, malloc) {\n    return passArray8ToWasm0(cachedTextEncoder.encode(arg), malloc);\n}\n',
  ],
  [/, wasm\.__wbindgen_realloc\)/g, ')'],
  // What is so for every kind of number, and is nothing for bytes.
  [/ \* 1\b| \/ 1\b/g, ''],
];

function lightened(code: string): string {
  return UNUSED.reduce((text, [pattern, instead]) => {
    const less = text.replace(pattern, instead);
    if (less === text) throw new Error(`the JavaScript around the engine has no ${pattern}`);
    return less;
  }, code);
}
