// What a run knows: who takes part, where the trees are, and what was measured.

import {YARDSTICK} from './contestants.mjs';

/**
 * @typedef {object} Result of one contestant in one column of a workload
 * @property {(number | {bytes: number, rss: number})[]} rounds nanoseconds, the median of each round; or bytes
 * @property {string} [why] why there is nothing, or nothing more
 * @property {boolean} [enough] whether its share of the time is used up
 */

export class Run {
  /** What went wrong, in words. */
  problems = [];
  #results = new Map();
  #sources = new Map();

  constructor({folder, times, players}) {
    Object.assign(this, {folder, times, players});
  }

  /** Those who do a workload at all. Where times become ratios the yardstick takes part, whatever it understands. */
  playersOf(workload) {
    return this.players.filter(
      (player) =>
        (!player.only || player.only.includes(workload.kind)) &&
        (!workload.for || workload.for(player) || (player.name === YARDSTICK && workload.unit !== 'time')),
    );
  }

  /** @returns {Result} */
  result(player, workload, column) {
    const key = JSON.stringify([player.name, workload.name, workload.columns.indexOf(column)]);
    if (!this.#results.has(key)) this.#results.set(key, {rounds: []});
    return this.#results.get(key);
  }

  /** Where a contestant's own form of a tree is; nothing if it could not be made. */
  source(player, tree) {
    return this.#sources.get(`${player.name} ${tree.name}`);
  }

  setSource(player, tree, file) {
    this.#sources.set(`${player.name} ${tree.name}`, file);
  }
}
