// XState: a state machine whose states are the nodes and whose events are what was typed.
//
// An actor is made from the stored snapshot for each message, gets the event, and its snapshot is stored again, as the
// documentation's chapter on persistence does it.

import {createActor, createMachine} from 'xstate';

export const title = 'XState';
export const about = 'a machine with a state per node; an actor is restored from its snapshot and persisted';
export const from = 'npm:xstate';
export const extension = 'json';
export const bundle = `export {createActor, createMachine} from 'xstate'`;

/** The machine's configuration. Typed words are events, so that the machine itself decides. */
export function translate({nodes}) {
  const states = {};
  for (const [index, {says, answers}] of nodes.entries()) {
    const state = {meta: {says, choices: answers.map(({label}) => label)}};
    if (answers.length) {
      state.on = {};
      for (const [n, {to}] of answers.entries()) state.on[n + 1] = `n${to}`;
      for (const {label, to} of answers) state.on[label.toLowerCase()] = `n${to}`;
    } else state.type = 'final';
    states[`n${index}`] = state;
  }
  return JSON.stringify({id: 'tree', initial: 'n0', states});
}

export function load(source) {
  const machine = createMachine(JSON.parse(source));

  function reply(actor) {
    const {says, choices} = Object.values(actor.getSnapshot().getMeta())[0];
    return {reply: {messages: says, choices}, state: JSON.stringify(actor.getPersistedSnapshot())};
  }

  return {
    start() {
      return reply(createActor(machine).start());
    },

    message(state, text) {
      const actor = createActor(machine, {snapshot: JSON.parse(state)}).start();
      actor.send({type: text.trim().toLowerCase()});
      return reply(actor);
    },
  };
}
