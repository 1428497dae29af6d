// What the tests share: the built site on a plain file server, and pages that are watched.

import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {test as base, expect, type Locator, type Page} from '@playwright/test';
import {type Served, serveStatic} from '../../scripts/serve-static.mjs';

const DIST = process.env.SITE ?? fileURLToPath(new URL('../dist', import.meta.url));

interface Fixtures {
  /** Every page is watched: it may neither complain nor ask another server for anything. */
  watched: {allowErrors: () => void};
}

interface WorkerFixtures {
  /** The site at the top of a server. */
  site: Served;
  /** The site somewhere below. */
  deep: Served;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture uses
  site: [async ({}, use) => serve('/', use), {scope: 'worker'}],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture uses
  deep: [async ({}, use) => serve('/some/where/', use), {scope: 'worker'}],
  baseURL: async ({site}, use) => use(site.address),
  watched: [
    async ({context}, use) => {
      context.on('page', waitForPaint);
      const complaints: string[] = [];
      const strangers: string[] = [];
      let allowed = false;
      context.on('console', (message) => {
        const isOurs = message.text() !== 'Service Worker registration blocked by Playwright';
        if (isOurs && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(error.error().message));
      context.on('request', (request) => {
        if (new URL(request.url()).hostname !== '127.0.0.1') strangers.push(request.url());
      });
      await use({
        allowErrors: () => {
          allowed = true;
        },
      });
      expect(strangers, 'requests that leave the site').toEqual([]);
      if (!allowed) expect(complaints, 'what the console says').toEqual([]);
    },
    {auto: true},
  ],
});

export {expect};

/**
 * Lets going to a page include the moment it is first painted: until then Chromium throws away what is pressed, as nobody
 * could have meant it. A page that stays empty is not waited for any longer.
 */
function waitForPaint(page: Page): void {
  const painted = async () => {
    // An empty page paints nothing.
    if (page.url() === 'about:blank') return;
    await page
      .waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0, null, {timeout: 10_000})
      .catch(() => {});
  };
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...where) => {
    const response = await goto(...where);
    await painted();
    return response;
  };
  page.reload = async (...how) => {
    const response = await reload(...how);
    await painted();
    return response;
  };
}

async function serve(base: string, use: (served: Served) => Promise<void>): Promise<void> {
  if (!existsSync(`${DIST}/index.html`)) throw new Error('web/dist is not built: npm run build');
  const served = await serveStatic(DIST, {base});
  await use(served);
  await served.close();
}

/** The published tree that the tests know by heart. */
export const FIRST = './#tree=first';
export const FIRST_KEY = 'treebot/v1/first/events';

/** The conversation on a page. */
export function chat(page: Page) {
  const choices = page.locator('.choice');
  return {
    choices,
    choice: (label: string): Locator => page.getByRole('button', {name: label, exact: true}),
    turns: page.getByRole('region', {name: 'Conversation'}).locator('.turn'),
    newest: page.getByRole('region', {name: 'Conversation'}).locator('.turn').last(),
    input: page.getByRole('textbox', {name: 'Your answer'}),
    answers: page.getByRole('complementary', {name: 'Your answers'}),
    ended: page.getByText('This is the end of the conversation.'),
    async type(text: string) {
      await page.getByRole('textbox', {name: 'Your answer'}).fill(text);
      await page.keyboard.press('Enter');
    },
    /** Everything said, as text. */
    async said(): Promise<string[]> {
      return page.getByRole('region', {name: 'Conversation'}).locator('.turn').allInnerTexts();
    },
  };
}

/** Lets a wasm module of one function trap on the page, as the engine would if it stopped. */
export async function trap(page: Page): Promise<void> {
  await page.evaluate(() => {
    const module = '0061736d0100000001040160000003020100070501017400000a05010300000b';
    const bytes = Uint8Array.from(module.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    const trap = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.t as () => void;
    setTimeout(trap);
  });
}

export async function stored(page: Page, key: string): Promise<string | null> {
  return page.evaluate((key) => localStorage.getItem(key), key);
}

export async function keys(page: Page): Promise<string[]> {
  return page.evaluate(() => Object.keys(localStorage));
}

/**
 * The published trees in place of which a test puts its own: `compiled('say: …')` is what `<name>.tree` holds then. Compiled
 * once for all tests of a worker.
 */
const made = new Map<string, Buffer>();
export function compiled(source: string, name = 'first'): Buffer {
  const key = `${name}\n${source}`;
  const known = made.get(key);
  if (known) return known;
  const folder = mkdtempSync(path.join(tmpdir(), 'tree-'));
  try {
    const file = path.join(folder, `${name}.yaml`);
    writeFileSync(file, source);
    const compile = ['compile', '--into', folder, file];
    // TREEBOT names a program that is built already, for who runs a few tests by hand while something compiles.
    if (process.env.TREEBOT) execFileSync(process.env.TREEBOT, compile);
    else execFileSync('cargo', ['run', '--quiet', '-p', 'treebot-cli', '--', ...compile]);
    const tree = readFileSync(path.join(folder, `${name}.tree`));
    made.set(key, tree);
    return tree;
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** Puts a tree of this source in the place of a published one. */
export async function publish(page: Page, source: string, name = 'first'): Promise<void> {
  const tree = compiled(source, name);
  await page.route(`**/trees/${name}.tree`, (route) => route.fulfill({body: tree}));
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const {axe} = window as unknown as {axe: {run(): Promise<{violations: {id: string; nodes: {html: string}[]}[]}>}};
    const {violations} = await axe.run();
    return violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
  });
}

/** How far a page can be scrolled sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Fills what is left of localStorage to the last character. */
export async function fillStorage(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (let size = 4 << 20, number = 0; size >= 1; ) {
      try {
        localStorage.setItem(`filler${number}`, 'x'.repeat(size));
        number += 1;
      } catch {
        size >>= 1;
      }
    }
  });
}
