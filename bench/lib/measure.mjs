// All rounds of one workload: in each round everybody once, in a fresh process, beginning with another one each time.

import {perform} from './contestants.mjs';
import {yamlOf} from './sources.mjs';
import {median} from './statistics.mjs';

export async function measure(run, workload) {
  const players = run.playersOf(workload);
  const rounds = run.times.rounds;
  const groups = together(workload);
  for (let round = 0; round < rounds; round++) {
    for (let n = 0; n < players.length; n++) {
      const player = players[(n + round) % players.length];
      for (const columns of groups) await once(run, workload, player, columns);
    }
  }
}

/** The columns that one process does. Loading wants a process each: what was loaded before would count. */
const together = ({kind, columns}) => (kind === 'messages' ? [columns] : columns.map((column) => [column]));

/** One contestant, one process. */
async function once(run, workload, player, columns) {
  const {times} = run;
  const open = columns.filter((column) => {
    const result = run.result(player, workload, column);
    if (!result.why && tooLong(run, workload, player, column))
      result.why = `over ${times.limit / 1000} s by its growth`;
    return !result.why && !result.enough && run.source(player, column.tree);
  });
  if (!open.length) return;
  const parts = open.map(({tree, small, conversations, events}) => ({
    source: run.source(player, tree),
    small: small && run.source(player, small),
    yaml: yamlOf(run, tree),
    conversations,
    events,
  }));
  const measure_ms = workload.kind === 'messages' ? times.measure : times.loading;
  const job = {kind: workload.kind, parts, warm_ms: times.warm, measure_ms};
  const begun = Date.now();
  const {answers, why} = await perform(player, job, {folder: run.folder, limit: times.limit});
  for (const [index, column] of open.entries()) {
    const result = run.result(player, workload, column);
    const answer = answers[index];
    if (answer && !answer.skipped) result.rounds.push(answer.ns ? median(answer.ns) : answer);
    else result.why ??= answer?.skipped ?? why ?? 'no answer';
    // What takes seconds is not measured again when its share of the time is used up.
    result.spent = (result.spent ?? 0) + Date.now() - begun;
    if (workload.kind !== 'messages' && result.spent > times.share) result.enough = true;
  }
}

/** Whether loading is sure to take longer than it may: it grows at least as it did from the column before last to the last. */
function tooLong(run, workload, player, column) {
  if (workload.kind !== 'load') return false;
  const at = workload.columns.indexOf(column);
  const [smaller, small] = [at - 2, at - 1].map(
    (n) => workload.columns[n] && run.result(player, workload, workload.columns[n]).rounds[0],
  );
  return smaller !== undefined && small !== undefined && (small * small) / smaller > run.times.limit * 1e6;
}
