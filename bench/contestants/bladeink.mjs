// ink's runtime in Rust, native, from the same compiled story as inkjs; see native/src/contestants/ink.rs.

import * as native from '../lib/native.mjs';

export const title = 'bladeink';
export const about = 'ink in Rust, native; from the story that inkjs has compiled';
export const from = 'crate:bladeink';
export const sourceOf = 'inkjs';

export const prepare = () => native.prepare();
export const command = native.command('bladeink');
