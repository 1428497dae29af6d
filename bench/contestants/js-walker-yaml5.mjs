// The same walker with js-yaml 5, which is stricter than 4 and slower. It cannot read every tree that 4 can: a closing
// bracket must be indented further than the key that it belongs to.

import {load as parse} from 'js-yaml-5';
import {walker} from './js-walker.mjs';

export const title = 'JS walker, js-yaml 5';
export const about = 'the same walker with the newest js-yaml';
export const from = 'npm:js-yaml-5';
export const only = ['load', 'memory'];

export const load = (source) => walker(parse(source));
