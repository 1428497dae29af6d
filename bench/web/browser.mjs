// Chromium with nothing between it and the page: times of a visit are those of a visitor, not of a tool. What drives a
// browser for tests puts scripts of its own into each page, which cost 40 ms of a visit here and 300 of one with a slow CPU.

import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** Starts Chromium; gives what opens a visitor's browser, with nothing kept in it, and what ends it all. */
export async function startBrowser(executable) {
  const profile = mkdtempSync(path.join(tmpdir(), 'treebot-bench-'));
  const child = spawn(executable, [...ARGS, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const send = talk(child, ended);
  return {
    /** A context of its own: `page` opens a page in it. */
    async visitor() {
      const {browserContextId} = await send('Target.createBrowserContext');
      return {
        async page() {
          const {targetId} = await send('Target.createTarget', {url: 'about:blank', browserContextId});
          const {sessionId} = await send('Target.attachToTarget', {targetId, flatten: true});
          return {
            send: (method, params) => send(method, params, sessionId),
            /** What an expression comes to in the page, promises too. */
            async ask(expression) {
              const how = {expression, awaitPromise: true, returnByValue: true};
              const {result, exceptionDetails} = await send('Runtime.evaluate', how, sessionId);
              if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
              return result.value;
            },
            close: () => send('Target.closeTarget', {targetId}),
          };
        },
        close: () => send('Target.disposeBrowserContext', {browserContextId}),
      };
    },
    async close() {
      await send('Browser.close').catch(() => {});
      await ended;
      rmSync(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}

/** Asks the browser over its pipe: one JSON text for each message, with a zero after it. */
function talk(child, ended) {
  const [to, from] = [child.stdio[3], child.stdio[4]];
  const waiting = new Map();
  let last = 0;
  let rest = '';
  from.setEncoding('utf8');
  from.on('data', (text) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop();
    for (const part of parts) {
      const {id, result, error} = JSON.parse(part);
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new Error(error.message));
      else asked?.resolve(result);
    }
  });
  ended.then(() => {
    for (const {reject} of waiting.values()) reject(new Error('the browser ended'));
  });
  return (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, {resolve, reject});
      to.write(`${JSON.stringify({id: last, method, params, sessionId})}\0`);
    });
}

const ARGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-sandbox',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--window-size=1280,720',
];
