// What goes wrong outside, by chance, but the same chance in every run.

/** Nothing does, and nothing takes time. */
export const calm = {
  store: () => ({}),
  graph: () => ({}),
};

/** Everything that a Worker must live with, more often than it happens. */
export function stormy() {
  const chance = numbers(20_261_124);
  return {
    // KV shows a write late, also to the one who made it, and fails.
    store: () => ({
      delay: 1 + chance() * 9,
      fails: chance() < 0.01,
      visible: Date.now() + (chance() < 0.3 ? chance() * 3000 : 0),
    }),
    graph() {
      const delay = 20 + chance() * 60;
      const what = chance();
      if (what < 0.03) return {delay, error: [500, 2, 'Service temporarily unavailable', {is_transient: true}]};
      if (what < 0.05) return {delay, hangsUp: true};
      if (what < 0.07) return {delay: 300 + chance() * 1200};
      if (what < 0.075) return {delay: 3000};
      if (what < 0.08) return {delay, error: [429, 613, 'Calls to this api have exceeded the rate limit.'], wait: 1};
      if (what < 0.085) return {delay, error: [400, 551, 'This person is not available right now.'], forGood: true};
      return {delay};
    },
  };
}

/** Numbers between 0 and 1 that look random, always the same for the same seed. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
