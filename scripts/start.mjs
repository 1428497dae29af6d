// npm start: the site and the Worker on this machine, with nothing to install by hand.
//
// 1. Install what is missing.  2. Build what has changed.  3. Make sure that there are local secrets.
// 4. Serve both with wrangler, on the real runtime, until Ctrl-C.

import {copyFileSync, existsSync} from 'node:fs';
import net from 'node:net';
import {parseArgs} from 'node:util';
import {site, worker} from './lib/made.mjs';
import {wentOnElsewhere} from './lib/own-node.mjs';
import {main, RunFailed, Stop, start, together} from './lib/run.mjs';
import {setup} from './lib/setup.mjs';
import {at, node, npmTool, WRANGLER_ENV} from './lib/tools.mjs';

const HELP = `npm start -- [options]

    --port N      the port to serve on (default: 8787, or the variable PORT)
    --no-serve    install and build only`;

await main(async () => {
  const options = readOptions();
  if (options.help) return console.log(HELP);
  if (options.serve) await portIsFree(options.port);
  if (!existsSync(at('node_modules')))
    console.log('The first start installs and compiles everything: a few minutes. Later ones take seconds.\n');
  await setup({for: 'start'});
  if (await wentOnElsewhere(import.meta.url)) return;
  await together(worker, site);
  localSecrets();
  if (options.serve) await serve(options.port);
});

function readOptions() {
  try {
    const {values} = parseArgs({
      options: {port: {type: 'string'}, 'no-serve': {type: 'boolean'}, help: {type: 'boolean', short: 'h'}},
    });
    const port = Number(values.port ?? process.env.PORT ?? 8787);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Stop('The port must be a number from 1 to 65535.');
    return {port, serve: !values['no-serve'], help: values.help};
  } catch (error) {
    throw error instanceof Stop ? error : new Stop(`${error.message}\n\n${HELP}`);
  }
}

function portIsFree(port) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', () =>
      reject(
        new Stop(
          `Port ${port} is taken, perhaps by another \`npm start\`. Stop that one, or choose another port: npm start -- --port ${port + 1}`,
        ),
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(resolve));
  });
}

/** Local values that let the Worker answer on this machine. They are no secrets, and git ignores the copy. */
function localSecrets() {
  if (existsSync(at('.dev.vars'))) return;
  copyFileSync(at('.dev.vars.example'), at('.dev.vars'));
  console.log('✓ made .dev.vars with values for this machine');
}

async function serve(port) {
  const address = `http://127.0.0.1:${port}`;
  console.log(`· starting the server on ${address} …`);
  const wrangler = start(
    node(),
    [
      npmTool('wrangler'),
      'dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--inspector-port',
      '0',
      '--show-interactive-dev-session=false',
      '--log-level',
      'log',
    ],
    {env: {...WRANGLER_ENV, CI: '1'}},
  );
  let ready = false;
  let before = '';
  const show = (text) => {
    if (ready) process.stdout.write(text);
    else before += text;
  };
  wrangler.stdout.setEncoding('utf8').on('data', show);
  wrangler.stderr.setEncoding('utf8').on('data', show);
  const ended = new Promise((resolve) => wrangler.on('close', resolve));
  const code = await Promise.race([ended, answers(address)]);
  if (code !== 'answers') throw new RunFailed('The server did not start.', before);
  ready = true;
  console.log(`
Treebot is running:

    Chat       ${address}/
    Studio     ${address}/studio
    Worker     ${address}/webhook   (its state: ${address}/health)

To talk to the Worker as people on Messenger do, in another terminal:

    cargo run -q -p treebot-cli -- simulate${port === 8787 ? '' : ` --to ${address}`}

Press Ctrl-C to stop. What the Worker logs follows.
`);
  await ended;
  throw new Stop('The server has stopped by itself.');
}

async function answers(address) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    try {
      const response = await fetch(address);
      await response.body?.cancel();
      if (response.ok) return 'answers';
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return 'does not answer';
}
