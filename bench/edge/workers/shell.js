// The job of the Worker as one writes it plainly in JavaScript, around any bot of `contestants/`: one value in KV for each
// person, read, changed and written back. What fails is left to Meta to deliver again.

/** @param {{start: () => Turn, message: (state: string, text: string) => Turn}} bot */
export function worker(bot) {
  let key;
  let proof;

  return {
    async fetch(request, env) {
      if (request.method !== 'POST' || new URL(request.url).pathname !== '/webhook')
        return new Response('Not found', {status: 404});
      const body = await request.arrayBuffer();
      key ??= await hmacKey(env.APP_SECRET);
      proof ??= hex(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(env.PAGE_ACCESS_TOKEN)));
      const signature = bytes((request.headers.get('X-Hub-Signature-256') ?? '').slice('sha256='.length));
      if (!(await crypto.subtle.verify('HMAC', key, signature, body))) return new Response('Forbidden', {status: 403});
      const {entry} = JSON.parse(new TextDecoder().decode(body));
      try {
        for (const {id, messaging} of entry) for (const item of messaging) await answer(item, id, env);
      } catch {
        return new Response('Try again', {status: 503});
      }
      return new Response('EVENT_RECEIVED');
    },
  };

  async function answer({sender, message, postback}, page, env) {
    const text = message?.quick_reply?.payload ?? message?.text ?? postback?.payload;
    if (text === undefined) return;
    const where = `${page}:${sender.id}`;
    const stored = await env.STATE.get(where);
    const {reply, state} = stored === null ? bot.start() : bot.message(stored, text);
    const metadata = `reply-to:${message?.mid ?? postback.mid}`;
    const send = (more) =>
      fetch(`${env.GRAPH_API_BASE}/${page}/messages?appsecret_proof=${proof}`, {
        method: 'POST',
        headers: {Authorization: `Bearer ${env.PAGE_ACCESS_TOKEN}`, 'Content-Type': 'application/json'},
        body: JSON.stringify({recipient: {id: sender.id}, ...more}),
      });
    const messages = render(reply);
    // Before several messages there is something to wait for. Whatever becomes of it.
    if (messages.length > 1) send({sender_action: 'typing_on'}).catch(() => {});
    for (const said of messages) {
      const response = await send({messaging_type: 'RESPONSE', message: {...said, metadata}});
      const {error} = await response.json();
      if (error) throw new Error(error.message);
    }
    await env.STATE.put(where, state, {expirationTtl: 90 * 24 * 60 * 60});
  }
}

/** Meta's limits: three buttons, thirteen quick replies, twenty signs for the title of either. */
function render({messages, choices}) {
  const said = messages.map((text) => ({text}));
  if (!choices.length) return said;
  const {text} = said.pop();
  const numbers = choices.some((label) => label.length > 20);
  const title = (label, index) => (numbers ? String(index + 1) : label);
  if (!numbers && choices.length <= 3 && text.length <= 640) {
    const buttons = choices.map((label) => ({type: 'postback', title: label, payload: label}));
    return [...said, {attachment: {type: 'template', payload: {template_type: 'button', text, buttons}}}];
  }
  const shown = choices.slice(0, 13);
  const list = shown.map((label, index) => `${index + 1}. ${label}`).join('\n');
  const quick_replies = shown.map((label, index) => ({
    content_type: 'text',
    title: title(label, index),
    payload: label,
  }));
  return [...said, {text: numbers ? `${text}\n\n${list}` : text, quick_replies}];
}

const hmacKey = (secret) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), {name: 'HMAC', hash: 'SHA-256'}, false, [
    'sign',
    'verify',
  ]);

const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
