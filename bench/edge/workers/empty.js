// A Worker that does nothing: what the runtime itself needs.

export default {fetch: () => new Response('EVENT_RECEIVED')};
