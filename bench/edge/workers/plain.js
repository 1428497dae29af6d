// The yardstick: the plain walker of `contestants/js-walker.mjs` in a Worker, its tree built in as JSON.

import tree from 'the tree';
import {walker} from '../../contestants/js-walker.mjs';
import {worker} from './shell.js';

export default worker(walker(tree));
