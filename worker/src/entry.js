// The Worker's entry: what the runtime calls, handed to the wasm; and the wasm anew, once it has stopped.
//
// Two things are not `worker-build`'s. A request is one call into the wasm, which says when there is an answer: no promise
// of its own, and no object around each call. And after a trap all that the stopped wasm owed is answered at once, with an
// error, so that Meta delivers it again.

import {begin} from 'the host';
import * as wasm from 'the wasm';
import {DurableObject} from 'cloudflare:workers';

/** `instanceId` tells one start of the wasm from the next. */
const state = wasm.__worker_init_state();

/** How to give up each request that waits for an answer. */
const waiting = new Set();

/** Calls into the wasm. After a trap it starts anew at the next call (`__wbg_reset_state` in its glue). */
function into(call) {
  try {
    return call();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      console.error('Critical', error);
      for (const giveUp of waiting) giveUp(error);
      waiting.clear();
    }
    throw error;
  }
}

begin((number, value, failed) => into(() => wasm.settled(number, value, failed)));

export default {
  fetch: (request, env) =>
    new Promise((resolve, reject) => {
      waiting.add(reject);
      into(() =>
        wasm.serve(request, env, (response) => {
          waiting.delete(reject);
          resolve(response);
        }),
      );
    }),
  scheduled: (event, env, context) => wasm.scheduled(event, env, context),
};

/** Level 1: one for each person, where it is bound. */
export class Conversation extends DurableObject {
  #made;
  #of;

  /** The object in the wasm, made anew when that has started anew. */
  #inside() {
    if (this.#of !== state.instanceId) {
      this.#made = new wasm.Conversation(this.ctx, this.env);
      this.#of = state.instanceId;
    }
    return this.#made;
  }

  fetch(request) {
    return this.#inside().fetch(request);
  }

  alarm() {
    return this.#inside().alarm();
  }
}
