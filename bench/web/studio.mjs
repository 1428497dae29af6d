// How long a keystroke in the Studio takes, until editor, preview, map and tests all show what it did.
//
//   npm run bench:studio -- [--nodes 500,5000] [--keys 60] [--profile FILE]
//
// It needs the built site (npm run build) and Chromium.

import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {chromium} from '@playwright/test';
import {serveStatic} from '../../scripts/serve-static.mjs';
import {large} from '../lib/trees.mjs';

const {values: options} = parseArgs({
  options: {
    nodes: {type: 'string', default: '500,5000'},
    keys: {type: 'string', default: '60'},
    profile: {type: 'string'},
    port: {type: 'string', default: '0'},
  },
});

/** What Chromium tells of the processor's time: all of it, and parts of it. */
const PARTS = ['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'];
const total = (cpu) => cpu.map(([all]) => all);

/** In milliseconds, the 95th of a hundred. */
const BUDGETS = {500: 16, 5000: 50};

/** What is typed, and where: at the start of the words that the conversation stands at; and as a new answer. */
const KINDS = {
  words: {before: 'After the amber bridge 0', text: 'Listen to this and then tell me what you would like to do now '},
  answer: {before: 'amber bridge:', text: 'somewhere else: {say: This is a new end}'},
};

const served = await serveStatic(new URL('../../web/dist', import.meta.url).pathname, {port: Number(options.port)});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-sync', '--no-first-run'],
});
const rows = [];
try {
  for (const nodes of options.nodes.split(',').map(Number)) {
    for (const kind of Object.keys(KINDS)) rows.push(await measure(nodes, kind));
  }
} finally {
  await browser.close();
  await served.close();
}
print(rows);

/** Types, and measures each key. */
async function measure(wanted, kind) {
  const {source, nodes} = large(wanted, {tests: true});
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, reducedMotion: 'reduce'});
  const page = await context.newPage();
  await page.addInitScript((source) => {
    if (!localStorage.getItem('treebot/v1/studio-first/draft')) {
      localStorage.setItem('treebot/v1/studio-first/draft', source);
    }
  }, source);
  await page.goto(`${served.address}studio.html#tree=first`);
  await page.getByRole('button', {name: 'amber bridge', exact: true}).first().click();
  await page.locator('.pane.map .here').waitFor();
  await showTests(page);
  const {before, text} = KINDS[kind];
  const line = page.locator('.cm-line', {hasText: before}).first();
  // Where a long line begins, whatever its length.
  await line.click({position: {x: 3, y: 8}});
  await page.keyboard.press('Home');
  if (kind === 'words') for (const _ of 'say: ') await page.keyboard.press('ArrowRight');
  else {
    await page.keyboard.type('\n');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await page.keyboard.type('  ');
  }
  await page.evaluate(watch);
  const cdp = await context.newCDPSession(page);
  // The processor's time, so that other programs do not count.
  await cdp.send('Performance.enable', {timeDomain: 'threadTicks'});
  const busy = async () => {
    const {metrics} = await cdp.send('Performance.getMetrics');
    return PARTS.map((part) => 1000 * metrics.find(({name}) => name === part).value);
  };
  /** Presses a key. What it takes by the clock, and of the processor's time in each of the parts. */
  const press = async (key) => {
    const before = await busy();
    await page.keyboard.press(key);
    const wall = await page.evaluate(() => window.keystroke());
    const after = await busy();
    return {wall, cpu: after.map((value, part) => value - before[part])};
  };
  if (options.profile) await cdp.send('Profiler.enable').then(() => cdp.send('Profiler.start'));
  // What asking costs: a key that does nothing.
  const nothing = [];
  for (let n = 0; n < 20; n++) nothing.push((await press('Shift')).cpu);
  const asking = PARTS.map((_, part) =>
    of(
      nothing.map((cpu) => cpu[part]),
      0.5,
    ),
  );
  const wall = [];
  const cpu = [];
  const keys = [...text.repeat(9)].slice(0, kind === 'words' ? Number(options.keys) : text.length);
  let typed = '';
  for (const [at, key] of keys.entries()) {
    const took = await press(key === ' ' ? 'Space' : key);
    typed += key;
    // The first ones find code that has never run.
    if (at >= 5) {
      wall.push(took.wall);
      cpu.push(took.cpu.map((value, part) => value - asking[part]));
    }
    if (kind === 'words') await expectShown(page, typed);
  }
  if (options.profile) {
    const {profile} = await cdp.send('Profiler.stop');
    writeFileSync(`${options.profile}-${wanted}-${kind}.cpuprofile`, JSON.stringify(profile));
  }
  await context.close();
  return {wanted, nodes, bytes: source.length, kind, wall, cpu};
}

async function showTests(page) {
  const tab = page.getByRole('tab', {name: 'Tests'});
  if (await tab.count()) await tab.click();
}

/**
 * In the page: from the key to the end of the frame that shows it, without waiting for that frame to begin. What is called
 * before a frame is painted is called late in it: after styles and layout, and after the editor has measured itself. So the
 * frame counts from the moment for which the browser says that it began, or from the end of what the key does at once.
 */
function watch() {
  let waiting;
  let done;
  addEventListener(
    'keydown',
    () => {
      const start = performance.now();
      done = new Promise((resolve) => {
        const worked = new MessageChannel();
        worked.port1.onmessage = () => {
          const worked = performance.now();
          requestAnimationFrame((begun) => {
            const frame = Math.max(begun, worked);
            const painted = new MessageChannel();
            painted.port1.onmessage = () => resolve(worked - start + performance.now() - frame);
            painted.port2.postMessage(0);
          });
        };
        // After everything that the key does at once.
        worked.port2.postMessage(0);
      });
      waiting = done;
    },
    {capture: true},
  );
  window.keystroke = () => waiting;
}

/** That all of them really show it: else it would be easy to be quick. */
async function expectShown(page, typed) {
  const start = typed.trimEnd().slice(0, 20);
  const shown = await page.evaluate((start) => {
    const has = (selector) => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(start));
    return {editor: has('.cm-line'), preview: has('.pane.preview li'), map: has('.pane.map .here .words')};
  }, start);
  for (const [where, is] of Object.entries(shown)) {
    if (!is) throw new Error(`the ${where} does not show "${start}"`);
  }
}

/** The value that this share of a list is below. */
function of(list, share) {
  return [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
}

function print(rows) {
  const ms = (value) => `${value.toFixed(1)} ms`;
  console.log(
    '| nodes | KB | typed | keys | CPU median | CPU p95 | of it script + style + layout | clock median | clock p95 | clock most | budget (p95) |',
  );
  console.log('| ---: | ---: | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |');
  for (const {wanted, nodes, bytes, kind, wall, cpu} of rows) {
    const cells = [
      nodes.toLocaleString('en'),
      (bytes / 1000).toFixed(0),
      kind === 'words' ? 'words of a question' : 'a new answer',
      wall.length,
      ms(of(total(cpu), 0.5)),
      ms(of(total(cpu), 0.95)),
      PARTS.slice(1)
        .map((_, part) =>
          of(
            cpu.map((parts) => parts[part + 1]),
            0.5,
          ).toFixed(1),
        )
        .join(' + '),
      ms(of(wall, 0.5)),
      ms(of(wall, 0.95)),
      ms(Math.max(...wall)),
      BUDGETS[wanted] ? `${BUDGETS[wanted]} ms` : '',
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
