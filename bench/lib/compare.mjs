// The same transcript first: who says something else than the tree is not timed there, and is named in the report.

import {isDeepStrictEqual} from 'node:util';
import {perform} from './contestants.mjs';
import {expected} from './conversations.mjs';

export async function compare(run, list) {
  for (const player of run.players) {
    const columns = list
      .filter((workload) => workload.kind === 'messages' && run.playersOf(workload).includes(player))
      .flatMap((workload) =>
        workload.columns.map((column) => ({workload, column, result: run.result(player, workload, column)})),
      )
      .filter(({column}) => column.paths && run.source(player, column.tree));
    if (!columns.length) continue;
    const answers = await transcripts(run, player, columns);
    for (const [index, {workload, column, result}] of columns.entries()) {
      const outline = column.tree.outline();
      const wanted = column.paths.map((labels) => expected(outline, labels));
      const {transcripts, why} = answers[index];
      const got = workload.mayRemark ? withoutRemarks(transcripts, wanted) : transcripts;
      if (isDeepStrictEqual(got, wanted)) continue;
      result.why = got ? 'another transcript' : why;
      run.problems.push(`${player.name}, ${column.tree.name}: ${got ? difference(column, got, wanted) : result.why}`);
    }
  }
}

/** One answer for each column. After one that ends the process the rest is asked of another. */
async function transcripts(run, player, columns) {
  const all = [];
  while (all.length < columns.length) {
    const parts = columns
      .slice(all.length)
      .map(({column: {tree, conversations}}) => ({source: run.source(player, tree), conversations}));
    const job = {kind: 'transcripts', parts};
    const {answers, why = 'no transcript'} = await perform(player, job, {folder: run.folder, limit: run.times.limit});
    all.push(...answers);
    if (answers.length < parts.length) all.push({why});
  }
  return all;
}

function withoutRemarks(transcripts, wanted) {
  return transcripts?.map((replies, n) =>
    replies.map(({messages, ...rest}, m) => ({...rest, messages: messages.slice(-wanted[n][m].messages.length)})),
  );
}

function difference({conversations}, got, wanted) {
  for (const [n, replies] of wanted.entries()) {
    for (const [m, reply] of replies.entries()) {
      if (isDeepStrictEqual(got[n]?.[m], reply)) continue;
      const said = m ? `\`${conversations[n].slice(0, m).join('`, `')}\`` : 'the start';
      return `after ${said} it says ${brief(got[n]?.[m])} instead of ${brief(reply)}`;
    }
  }
  return 'it says something else';
}

const brief = (reply) => {
  const text = JSON.stringify(reply) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};
