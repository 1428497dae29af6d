// bladeink with its compiler, from ink source.

import * as native from '../lib/native.mjs';

export const title = 'bladeink, compiling';
export const about = 'from ink source; after that it is the same runtime';
export const from = 'crate:bladeink-compiler';
export const sourceOf = 'inkjs-compile';
export const only = ['load', 'memory'];

export const prepare = () => native.prepare();
export const command = native.command('bladeink-compile');
