// What a request costs when its person has said little before, and much.

import {calm} from './faults.mjs';
import {atOnce, PAGE} from './meta.mjs';
import {delivery, Someone} from './people.mjs';
import {stand, taken} from './stand.mjs';

/** What is said to begin again: a command, and a "yes" to whoever asks whether that is meant. */
const RESTART = ['start again', 'yes'];

/**
 * @param {{counts: number[], inputs: number}} options `counts`: how much was said before; `inputs` are said then
 * @returns for each player and each of `counts` the milliseconds of computing per input, one for each round
 */
export async function events(players, {conversations, rounds, inputs, counts, folder}) {
  // A round of it has to fit into ten inputs.
  const conversation = conversations.find(({texts}) => 10 % (texts.length + RESTART.length) === 0);
  const stands = await Promise.all(players.map((player) => stand(player, calm, folder)));
  try {
    const results = new Map(players.map(({name}) => [name, counts.map(() => [])]));
    // Those who have said much go on for the whole run: a few more make no difference to them.
    const old = new Map();
    for (let round = 0; round < rounds; round++) {
      for (const one of stands) {
        for (let n = 0; n < counts.length; n++) {
          const column = (n + round) % counts.length;
          const count = counts[column];
          const key = `${one.player.name} ${count}`;
          const people = (count >= inputs && old.get(key)) || (await grown(one, conversation, count, inputs));
          old.set(key, people);
          const each = inputs / people.length;
          const {cpu} = await taken(one, () => atOnce(1, people, (person) => say(one, person, conversation, each)));
          results.get(one.player.name)[column].push(cpu / inputs);
        }
      }
    }
    return results;
  } finally {
    await Promise.all(stands.map((one) => one.close()));
  }
}

/** People who have said so much already, so many that none says much more than that again. */
async function grown(one, conversation, count, inputs) {
  const people = Array.from({length: Math.max(1, Math.floor(inputs / count))}, () => new Someone(conversation));
  const {stored} = one.player;
  if (stored) {
    const state = await stored(count, conversation.texts);
    for (const {id} of people) one.store.put(`${PAGE}:${id}`, Buffer.from(state));
  } else {
    await atOnce(4, people, (person) => say(one, person, conversation, count));
  }
  return people;
}

async function say({meta}, person, {texts}, count) {
  const round = [...texts, ...RESTART];
  for (let n = 0; n < count; n++) {
    if (!(await meta.deliver(delivery([person.types(round[n % round.length])])))) throw new Error('nobody answers');
  }
}
