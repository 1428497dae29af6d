// Many people talking to one Worker at once, and what became of what they said.

import {atOnce} from './meta.mjs';
import {delivery, Someone} from './people.mjs';

/**
 * What became of inputs: how many there were; `untaken` were never answered 200, `lost` were but got no reply, `doubled`
 * got one twice, `wrong` another one, `failed` are those that Graph refused for good.
 */
const none = () => ({inputs: 0, untaken: 0, lost: 0, doubled: 0, wrong: 0, failed: 0, example: undefined});

/**
 * Lets people go through conversations until so many inputs are made.
 *
 * @param {{inputs: number, people?: number, again?: (n: number) => {twice: boolean, later: boolean}}} options `people` is
 *   how many talk at once; `again` says whether the nth delivery is brought twice at a time, and once more later
 * @returns what became of them, and who talked: each person with the number of their inputs
 */
export async function talk({meta, graph, player}, conversations, {inputs, people = 8, again}) {
  const tally = none();
  const who = [];
  const next = turns(conversations);
  await atOnce(people, Array(people).keys(), async () => {
    while (tally.inputs < inputs) {
      const person = new Someone(next());
      const said = {person: person.id, inputs: 0};
      who.push(said);
      while (!person.isDone && tally.inputs < inputs) {
        tally.inputs++;
        said.inputs++;
        if (!(await step(person))) break;
      }
    }
  });
  return {tally, who};

  /** One input. Whether the conversation can go on. */
  async function step(person) {
    const before = graph.sent.get(person.id)?.length ?? 0;
    const gaveUp = graph.gaveUp.get(person.id);
    const text = delivery([person.next()]);
    const {twice, later} = again?.(tally.inputs) ?? {};
    const taken = await Promise.all(Array.from({length: twice ? 2 : 1}, () => meta.deliver(text)));
    if (later) taken.push(await meta.deliver(text));
    if (!player.answers) return taken;
    const sent = graph.sent.get(person.id)?.slice(before) ?? [];
    if (taken.includes(false)) tally.untaken++;
    if (graph.gaveUp.get(person.id) !== gaveUp) {
      tally.failed++;
      return !taken.includes(false);
    }
    if (!sent.length) {
      if (!taken.includes(false)) tally.lost++;
      return false;
    }
    const once = new Map(sent.map((message) => [JSON.stringify(message), message]));
    const most = 2 * person.conversation.replies[person.step].messages.length;
    if (once.size < sent.length || once.size >= most + 2) tally.doubled++;
    const problem = person.takes([...once.values()]);
    if (!problem) return true;
    tally.wrong++;
    tally.example ??= problem;
    return false;
  }
}

function turns(list) {
  let n = 0;
  return () => list[n++ % list.length];
}

/** The value below which so many of them lie, of every hundred. */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))];
}
