// The same with its tree as YAML, which each isolate reads with js-yaml when it starts.

import source from 'the source';
import {load} from '../../contestants/js-walker.mjs';
import {worker} from './shell.js';

export default worker(load(source));
