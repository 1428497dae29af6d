// Meta's side: a Graph API on this machine that keeps what it is sent, holds to Messenger's limits, and fails as it is told.

import {createServer} from 'node:http';
import {check} from '../../../worker/e2e/graph.mjs';

/**
 * Starts a Graph API. `sent` is what was accepted, person by person; `gaveUp` how
 * often a person could not be reached for good; `refused` what should never have been sent.
 */
export async function startGraph(faults) {
  const graph = {sent: new Map(), refused: [], gaveUp: new Map(), calls: 0, failed: 0};
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    graph.calls++;
    const problem = check(body);
    if (problem) graph.refused.push(problem);
    const {delay, hangsUp, error, wait, forGood} = problem ? {error: [400, 100, problem]} : faults.graph();
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
    // Who has given up waiting is taken not to have sent anything.
    if (request.socket.destroyed) return;
    if (hangsUp || error) graph.failed++;
    if (hangsUp) return request.socket.destroy();
    const person = body.recipient.id;
    if (error) {
      const [status, code, message, more] = error;
      if (forGood && body.message) graph.gaveUp.set(person, (graph.gaveUp.get(person) ?? 0) + 1);
      response.writeHead(status, {'Content-Type': 'application/json', ...(wait && {'Retry-After': String(wait)})});
      response.end(JSON.stringify({error: {message, type: 'OAuthException', code, fbtrace_id: 'Mock', ...more}}));
      return;
    }
    if (body.message) {
      if (!graph.sent.has(person)) graph.sent.set(person, []);
      graph.sent.get(person).push(body);
    }
    response.writeHead(200, {'Content-Type': 'application/json'});
    response.end(JSON.stringify({recipient_id: person, message_id: `m_sent-${graph.calls}`}));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  graph.base = `http://127.0.0.1:${server.address().port}/v25.0`;
  graph.close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return graph;
}
