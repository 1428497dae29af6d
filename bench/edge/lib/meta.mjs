// Meta's other side: signs deliveries, brings them to a Worker, and brings again what was not taken.

import {createHmac} from 'node:crypto';
import {Agent, request as send} from 'node:http';

export const PAGE = '104512345678901';
export const SECRETS = {APP_SECRET: 'the app secret of the bench', PAGE_ACCESS_TOKEN: 'EAAthe-token-of-the-bench'};

/** The body of a delivery with these items. */
export const body = (items) =>
  JSON.stringify({object: 'page', entry: [{id: PAGE, time: Date.now(), messaging: items}]});

const sign = (text) => `sha256=${createHmac('sha256', SECRETS.APP_SECRET).update(text).digest('hex')}`;

/** How long Meta waits for an answer. */
const PATIENCE = 5000;
/** How often a delivery is brought before it is given up. (Meta: for an hour) */
const TRIES = 25;

/** A way to one Worker. It keeps what was answered: a list of `{status, ms}`, without one where there was no answer. */
export class Meta {
  constructor(port, {hurry = true} = {}) {
    const agent = new Agent({keepAlive: true});
    Object.assign(this, {port, agent, hurry, answers: []});
  }

  /** Brings a delivery once. */
  post(text) {
    const begun = performance.now();
    return new Promise((resolve) => {
      const done = (status) => {
        const answer = {status, ms: performance.now() - begun};
        this.answers.push(answer);
        resolve(answer);
      };
      const headers = {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
        'X-Hub-Signature-256': sign(text),
      };
      const call = send({
        port: this.port,
        host: '127.0.0.1',
        path: '/webhook',
        method: 'POST',
        headers,
        agent: this.agent,
      });
      call.setTimeout(PATIENCE, () => call.destroy());
      call.on('error', () => done(undefined));
      call.on('response', (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode));
        response.on('error', () => done(undefined));
      });
      call.end(text);
    });
  }

  /** Brings a delivery until it is taken. Returns whether it was. */
  async deliver(text) {
    for (let n = 0; n < TRIES; n++) {
      const {status} = await this.post(text);
      if (status === 200) return true;
      await new Promise((resolve) => setTimeout(resolve, Math.min(1000, 50 * 2 ** n)));
    }
    return false;
  }

  close() {
    this.agent.destroy();
  }
}

/** Does a job for each thing of a list, so many at once. */
export async function atOnce(count, list, job) {
  const waiting = list[Symbol.iterator]();
  const one = async () => {
    for (const thing of waiting) await job(thing);
  };
  await Promise.all(Array.from({length: count}, one));
}
