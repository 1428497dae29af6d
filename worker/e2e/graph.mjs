// A Graph API of our own on 127.0.0.1: it keeps what it is sent, enforces Messenger's limits with the errors that
// Meta's gives, and fails when it is told to.

import {createServer} from 'node:http';

/** Meta's limits, in UTF-16 units where they are lengths. */
const LIMITS = {text: 2000, quickReplies: 13, buttons: 3, buttonText: 640, title: 20, payload: 1000, metadata: 1000};

/** What a page has to tell the bot of. */
const FIELDS = [
  'messages',
  'messaging_postbacks',
  'messaging_referrals',
  'message_echoes',
  'messaging_handovers',
  'standby',
];

/**
 * Starts the server.
 *
 * `sent` is every message that was accepted, `calls` every call but those that show that something is written, which are
 * `hints`; `reads` are what was asked for; `script` is a list of answers
 * (`{status, headers, body}`, or `{delay}` to be late, or `{hangUp: true}`) to be given before the usual one.
 * A `page` (page.mjs) answers what an operator asks.
 */
export async function startGraph({token, proof, page}) {
  const graph = {sent: [], calls: [], hints: [], reads: [], subscribed: undefined, script: [], rejected: []};
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url, 'http://graph');
    const call = {
      page: url.pathname.split('/')[2],
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      authorization: request.headers.authorization,
      body: parsed(Buffer.concat(chunks).toString(), request.headers['content-type']),
    };
    const {kind} = call.body?.sender_action ? {kind: 'hints'} : {kind: request.method === 'GET' ? 'reads' : 'calls'};
    graph[kind].push(call);
    const next = kind === 'hints' ? undefined : graph.script.shift();
    if (next?.hangUp) return request.socket.destroy();
    if (next?.delay) {
      await new Promise((resolve) => setTimeout(resolve, next.delay));
      if (request.socket.destroyed) return;
    }
    const answer = next?.status ? next : ((await page?.answer(call, request.method)) ?? usual(call, request.method));
    if (answer.status === 200 && answer.body?.message_id)
      graph.sent.push({...call.body, page: call.page, id: answer.body.message_id});
    if (!next && answer.status !== 200) graph.rejected.push(answer.body.error.message);
    response.writeHead(answer.status, {'Content-Type': 'application/json', ...answer.headers});
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });

  function usual({path, query, authorization, body}, method) {
    if (method === 'GET' && path.endsWith('/subscribed_apps') && authorization === `Bearer ${token}`)
      return {status: 200, body: {data: [{id: '812345678901234', subscribed_fields: graph.subscribed ?? FIELDS}]}};
    if (method !== 'POST' || !/^\/v\d+\.\d\/\d+\/messages$/.test(path))
      return error(404, 2500, 'Unknown path components');
    if (authorization !== `Bearer ${token}` || query.access_token)
      return error(401, 190, 'Invalid OAuth access token.');
    if (query.appsecret_proof !== proof) return error(400, 100, 'Invalid appsecret_proof provided in the API argument');
    const problem = check(body);
    if (problem) return error(400, 100, `(#100) ${problem}`);
    const message_id = body.message && `m_sent-${graph.calls.length}`;
    return {status: 200, body: {recipient_id: body.recipient.id, message_id}};
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  graph.base = `http://127.0.0.1:${server.address().port}/v25.0`;
  graph.close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  /** Forgets what was sent and scripted. */
  graph.clear = () => Object.assign(graph, {sent: [], calls: [], hints: [], reads: [], script: [], rejected: []});
  return graph;
}

/** A body: JSON, or a form. */
function parsed(text, type = '') {
  return type.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(text))
    : JSON.parse(text || 'null');
}

const error = (status, code, message) => ({
  status,
  body: {error: {message, type: 'OAuthException', code, fbtrace_id: 'MockTrace'}},
});

/** What is wrong with a body of the Send API, if something is. */
export function check(body) {
  if (!/^\d+$/.test(body?.recipient?.id ?? '')) return 'Parameter recipient[id] is required';
  if (body.sender_action) return body.message ? 'A sender action bears no message' : undefined;
  if (body.messaging_type !== 'RESPONSE') return 'Parameter messaging_type must be RESPONSE';
  const {message} = body;
  if (!message) return 'Parameter message is required';
  if ((message.metadata ?? '').length > LIMITS.metadata) return 'message[metadata] is too long';
  const template = message.attachment?.payload;
  if (!message.text === !message.attachment) return 'Either message[text] or message[attachment] is required';
  if (message.text !== undefined) {
    if (!message.text.trim()) return 'message[text] must not be empty';
    if (message.text.length > LIMITS.text)
      return `Length of param message[text] must be less than or equal to ${LIMITS.text}`;
  }
  if (message.attachment?.type === 'template') {
    if (template.template_type !== 'button') return 'Invalid template_type';
    if (!template.text?.trim() || template.text.length > LIMITS.buttonText)
      return `text must be 1 to ${LIMITS.buttonText} characters`;
    return pressable(template.buttons, LIMITS.buttons, ({type}) => type === 'postback');
  }
  if (message.attachment && !(message.attachment.type === 'image' && /^https:/.test(template?.url ?? '')))
    return 'Invalid attachment';
  return (
    message.quick_replies &&
    pressable(message.quick_replies, LIMITS.quickReplies, ({content_type}) => content_type === 'text')
  );
}

function pressable(list, most, isRight) {
  if (!Array.isArray(list) || list.length < 1 || list.length > most) return `1 to ${most} buttons are allowed`;
  for (const press of list) {
    if (!isRight(press)) return 'Invalid button type';
    if (!press.title?.trim() || press.title.length > LIMITS.title)
      return `Length of title must be 1 to ${LIMITS.title}: ${press.title}`;
    if (!press.payload || press.payload.length > LIMITS.payload)
      return `Length of payload must be 1 to ${LIMITS.payload}`;
  }
}

/** The words of a message: its text, or its template's. */
export const words = ({message}) => message.text ?? message.attachment?.payload?.text ?? '';

/** What can be pressed under a message: `{title, payload}`. */
export const presses = ({message}) => message.quick_replies ?? message.attachment?.payload?.buttons ?? [];

/**
 * The answers of a message with their payloads: those of a numbered list under their full labels.
 *
 * @returns {Map<string, string>}
 */
export function offered(sent) {
  const listed = new Map([...words(sent).matchAll(/^(\d+)\. (.*)$/gm)].map(([, number, label]) => [number, label]));
  return new Map(presses(sent).map(({title, payload}) => [listed.get(title) ?? title, payload]));
}
