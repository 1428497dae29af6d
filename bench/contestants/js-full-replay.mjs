// The algorithm of the original bot, in JavaScript: all that is stored is the transcript, and each message replays it.
//
// See full_replay.py, which does the same in the original's own language.

import {load as parse} from 'js-yaml';
import {names, says} from './js-walker.mjs';

export const title = 'full replay in JS';
export const about = 'the original algorithm: the whole transcript is replayed over the tree for each message';
export const only = ['messages'];
export const grows = true;
export const sentences = true;

const RESTART = `Sorry, I didn't understand, shall we start again?`;

export const load = (source) => replayer(parse(source));

export function replayer(tree) {
  const named = names(tree);
  const restart = {say: RESTART, answers: {yes: {goto: 'start'}, no: {}}};

  function arrive(answer) {
    const messages = says(answer);
    let node = answer;
    while (node.goto !== undefined && node.answers === undefined) {
      node = named[node.goto];
      messages.push(...says(node));
    }
    return {messages, node};
  }

  /** One received message: what is said on it, and where the conversation then stands. */
  function step({node, before}, text) {
    const said = text.toLowerCase();
    const key = Object.keys(node.answers ?? {}).find((key) =>
      said.includes((node.answers[key].label ?? key).toLowerCase()),
    );
    if (key === undefined) return {messages: [RESTART], node: restart, before: before ?? node};
    if (node === restart && key === 'no') return {messages: says(before), node: before};
    return arrive(node.answers[key]);
  }

  const reply = (history, {messages, node}) => {
    for (const text of messages) history.push({sent: text});
    const choices = Object.entries(node.answers ?? {}).map(([key, answer]) => answer.label ?? key);
    return {reply: {messages, choices}, state: JSON.stringify(history)};
  };

  return {
    start: () => reply([], arrive(tree)),

    message(state, text) {
      const history = JSON.parse(state);
      history.push({received: text});
      let place = arrive(tree);
      for (const {received} of history) if (received !== undefined) place = step(place, received);
      return reply(history, place);
    },

    /** The state after so many messages, in which `texts` were said over and over; `texts[0]` comes next. */
    stored(events, texts) {
      const round = [...texts, 'again', 'yes'];
      if (events % round.length) throw new Error(`${events} messages are not whole rounds of ${round.length}`);
      let place = arrive(tree);
      const history = place.messages.map((sent) => ({sent}));
      for (let n = 0; n < events; n++) {
        const received = round[n % round.length];
        place = step(place, received);
        history.push({received}, ...place.messages.map((sent) => ({sent})));
      }
      return JSON.stringify(history);
    },
  };
}
