// ink with its compiler in the page: what an editor with a preview loads at each change.

import {Compiler} from 'inkjs/full';
import {ink} from '../lib/ink.mjs';
import {play} from './inkjs.mjs';

export const title = 'inkjs, compiling';
export const about = 'from ink source; after that it is the same runtime';
export const from = 'npm:inkjs';
export const extension = 'ink';
export const only = ['load', 'memory'];
export const bundle = `export {Story, Compiler} from 'inkjs/full'`;

export const translate = (outline) => ink(outline);

export const load = (source) => play(new Compiler(source).Compile());
