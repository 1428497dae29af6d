// How quickly the Chat page is there and answers, in Chromium: `node bench/web/chat.mjs [--rounds N] [--write FILE]`.
//
// It measures what `npm run build` left in web/dist, on a plain file server that compresses as a real one does. Times are
// those of this machine: close other programs. Bytes and layout shift are exact, and the tests hold them.

import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {cpus, loadavg} from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {brotliCompressSync} from 'node:zlib';
import {chromium} from '@playwright/test';
import {startBrowser} from './browser.mjs';
import {SLOW_4G, slowLink} from './link.mjs';

/** A page with one word and a script of one line, beside the others. */
const EMPTY = 'empty';
const DIST = path.resolve(import.meta.dirname, '../../web/dist');
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Chrome's own preset "slow 4G", as Lighthouse has the browser keep to it: every answer comes 562 ms after it was asked for,
 * as if each needed a connection of its own. The same link by its figures is `SLOW_4G`.
 */
const SLOW = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1.6e6 / 8) * 0.9,
  uploadThroughput: (750e3 / 8) * 0.9,
};
/** The goals, in milliseconds. There is none for a press before the engine is there; it is reported beside them. */
const GOALS = {local: 300, slow: 1800, repeat: 150, answer: 32};

const {values} = parseArgs({options: {rounds: {type: 'string', default: '7'}, write: {type: 'string'}}});
const rounds = Number(values.rounds);
const few = Math.min(rounds, 3);
if (!existsSync(path.join(DIST, 'index.html'))) throw new Error('web/dist is not built: npm run build');

const {server, port, address, sent} = await serve();
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const plain = await startBrowser(executablePath);
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const rows = [
    await row('an empty page, local: what the browser itself takes', undefined, () => visit({at: EMPTY})),
    await row('interactive, local', GOALS.local, () => visit({})),
    await row('interactive, slow 4G (DevTools) and a CPU 4× slower', GOALS.slow, () => visit({slow: true}), few),
    await row('the same on a link of 150 ms and 1.6 Mbit/s', GOALS.slow, () => visit({link: true}), few),
    ...(await pressRows('slow 4G (DevTools) and a CPU 4× slower', {slow: true})),
    ...(await pressRows('the link of 150 ms and 1.6 Mbit/s', {link: true})),
    await row('interactive, the second visit', GOALS.repeat, () => visit({repeat: true})),
    await row('answer → painted, p95', GOALS.answer, () => answers()),
  ];
  const {bytes, requests} = await download();
  const shift = await layoutShift();
  const report = [
    '| what | goal | median | least | most |',
    '|---|---|---|---|---|',
    ...rows,
    `| first paint of the first question, local | – | ${round(await firstPaint())} ms | | |`,
    `| downloaded, brotli, in ${requests} requests | 110 KB in all | ${(bytes / 1000).toFixed(1)} KB, with the tree${bytes > 110_000 ? ' (missed)' : ''} | | |`,
    `| layout shift, opening and five answers | 0 | ${shift} | | |`,
  ].join('\n');
  const busy = loadavg()[0] > 1 ? ` The machine was busy (load ${loadavg()[0].toFixed(1)}): times are too high.` : '';
  const text = `${report}\n\nChromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${rounds} rounds.${busy}\n`;
  console.log(text);
  if (values.write) writeFileSync(values.write, text);
} finally {
  await browser.close();
  await plain.close();
  server.close();
}

/** One line of the report: the median of some rounds. */
async function row(name, goal, measure, times = rounds) {
  const seen = [];
  for (let at = 0; at < times; at += 1) seen.push(await measure());
  return line(name, goal, seen);
}

function line(name, goal, seen) {
  seen.sort((a, b) => a - b);
  const median = seen[Math.floor(seen.length / 2)];
  const wanted = goal === undefined ? '–' : `${goal} ms`;
  const missed = goal !== undefined && median > goal ? ' (missed)' : '';
  return `| ${name} | ${wanted} | ${round(median)} ms${missed} | ${round(seen[0])} | ${round(seen.at(-1))} |`;
}

/**
 * What a visitor sees who presses an answer as soon as there is one: when it is there, when the page shows that the press is
 * taken, and when it has been answered.
 */
async function pressRows(where, how) {
  const seen = [];
  for (let at = 0; at < few; at += 1) seen.push(await pressed(how));
  const of = (name, key) =>
    line(
      `${name}, ${where}`,
      undefined,
      seen.map((one) => one[key]),
    );
  return [
    of('the first question is painted, and pressed at once', 'paintedAt'),
    of('that press is shown as taken', 'takenAt'),
    of('that press is answered: the second question is there', 'answeredAt'),
  ];
}

/** From the start of the navigation, of somebody who presses the first answer in the first frame that it can be seen in. */
function pressed(how) {
  const watch = () => {
    const times = {};
    const look = () => {
      const first = document.querySelector('.choice');
      const isPainted = performance.getEntriesByName('first-contentful-paint').length > 0;
      if (times.paintedAt === undefined && first && isPainted) {
        times.paintedAt = performance.now();
        first.click();
      }
      const isAnswered = document.querySelector('.turn.you') && document.querySelector('button.choice');
      if (times.paintedAt !== undefined && (isAnswered || document.querySelector('.choice[aria-busy]'))) {
        times.takenAt ??= performance.now();
      }
      if (isAnswered) window.measured = {...times, answeredAt: performance.now()};
      else requestAnimationFrame(look);
    };
    look();
  };
  return opened(how, {watch, measured: 'window.measured'});
}

/**
 * From the start of the navigation until the engine is there: an answer can be pressed, and is taken at once. The page marks
 * it itself, so nothing of ours runs in it.
 */
function visit(how) {
  return opened(how, {measured: "performance.getEntriesByName('ready')[0]?.startTime"});
}

/** Opens the page and gives what `measured` comes to in it; `watch` runs there before anything else. */
async function opened({slow = false, link = false, repeat = false, at = ''}, {watch, measured}) {
  const visitor = await plain.visitor();
  const slowed = link ? await slowLink(port, SLOW_4G) : undefined;
  const url = `${slowed?.address ?? address}${at}`;
  try {
    if (repeat) {
      const before = await visitor.page();
      await before.send('Page.navigate', {url});
      await until(before, "navigator.serviceWorker.getRegistration().then((it) => it?.active?.state === 'activated')");
      await before.close();
    }
    const page = await visitor.page();
    if (slow) {
      await page.send('Network.enable');
      await page.send('Network.emulateNetworkConditions', SLOW);
    }
    if (slow || link) await page.send('Emulation.setCPUThrottlingRate', {rate: 4});
    if (watch) {
      await page.send('Page.enable');
      await page.send('Page.addScriptToEvaluateOnNewDocument', {source: `(${watch})()`});
    }
    // It answers when the page has begun to come, which is long after the question on a slow link.
    await page.send('Page.navigate', {url});
    const time = await until(page, measured);
    if (!at && !(await page.ask("document.querySelector('button.choice') !== null"))) throw new Error('no engine');
    return time;
  } finally {
    await visitor.close();
    slowed?.close();
  }
}

/** What an expression comes to in a page, when it comes to something. */
async function until(page, expression) {
  for (let asked = 0; asked < 200; asked += 1) {
    const seen = await page.ask(expression);
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`nothing came of ${expression}`);
}

/** From the press of a button until what it led to has been painted: the 95th of a hundred. */
async function answers() {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForSelector('button.choice');
    return await page.evaluate(async () => {
      const painted = () =>
        new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
      const taken = [];
      while (taken.length < 100) {
        const next = document.querySelector('button.choice') ?? [...document.querySelectorAll('.tools button')].at(-1);
        const start = performance.now();
        next.click();
        await Promise.resolve();
        taken.push((await painted()) - start);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      taken.sort((a, b) => a - b);
      return taken[94];
    });
  } finally {
    await context.close();
  }
}

async function firstPaint() {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForSelector('button.choice');
    return await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    );
  } finally {
    await context.close();
  }
}

/** What a first visit fetches before the service worker begins. */
async function download() {
  const context = await browser.newContext({serviceWorkers: 'block'});
  try {
    const page = await context.newPage();
    sent.length = 0;
    await page.goto(address);
    await page.waitForSelector('button.choice');
    await page.waitForLoadState('networkidle');
    return {bytes: sent.reduce((sum, size) => sum + size, 0), requests: sent.length};
  } finally {
    await context.close();
  }
}

async function layoutShift() {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({type: 'layout-shift', buffered: true});
    });
    await page.goto(address);
    await page.waitForSelector('button.choice');
    for (let at = 0; at < 5; at += 1) {
      const choice = page.locator('button.choice').first();
      if ((await choice.count()) === 0) break;
      await choice.click();
      await page.waitForTimeout(100);
    }
    return await page.evaluate(() => window.shift);
  } finally {
    await context.close();
  }
}

/** The site, compressed as servers do, and kept as long as its names say. */
async function serve() {
  const sent = [];
  const known = new Map();
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (asked === `/${EMPTY}`) {
      response.writeHead(200, {'content-type': TYPES['.html']});
      return void response.end('<!doctype html><title>Empty</title><p>Empty<script>performance.mark("ready")</script>');
    }
    const file = path.join(DIST, asked.endsWith('/') ? `${asked}index.html` : asked);
    if (!file.startsWith(DIST) || !existsSync(file)) return void response.writeHead(404).end();
    if (!known.has(file)) known.set(file, brotliCompressSync(readFileSync(file)));
    const body = known.get(file);
    sent.push(body.length);
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'content-encoding': 'br',
      'content-length': body.length,
      'cache-control': asked.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const {port} = server.address();
  return {server, port, address: `http://127.0.0.1:${port}/`, sent};
}

function round(milliseconds) {
  return Math.round(milliseconds);
}
