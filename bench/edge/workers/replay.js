// The original bot's algorithm in a Worker: all that is stored is the transcript, and each message replays it.

import tree from 'the tree';
import {replayer} from '../../contestants/js-full-replay.mjs';
import {worker} from './shell.js';

export default worker(replayer(tree));
