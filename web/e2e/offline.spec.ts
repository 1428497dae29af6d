// Nothing leaves the browser, and nothing needs a network once the page has been there.

import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import type {BrowserContext, Page} from '@playwright/test';
import {serveStatic} from '../../scripts/serve-static.mjs';
import {chat, expect, FIRST, test} from './site';

test.use({serviceWorkers: 'allow'});

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** Waits until the service worker has everything. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const worker = registration.active;
    if (worker && worker.state !== 'activated') {
      await new Promise((resolve) => worker.addEventListener('statechange', resolve, {once: true}));
    }
  });
}

test('a conversation asks for nothing: no request after the page is there', async ({page, context}) => {
  await page.goto('./');
  await expect(chat(page).choices.first()).toBeVisible();
  await installed(page);
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const {choice, choices, type} = chat(page);
  await type('I am called Rumpelstiltskin');
  for (let step = 0; step < 25 && (await choices.count()) > 0; step += 1) await choices.first().click();
  await choice('Copy link').click();
  await page.getByText('Save', {exact: true}).click();
  const saving = page.waitForEvent('download');
  await choice('Text').click();
  await saving;
  await choice('Start again').click();
  await choice('Clear').click();
  expect(asked.filter((url) => !url.startsWith('blob:'))).toEqual([]);
});

for (const [where, address] of [
  ['at the top of a server', (site: string) => site],
  ['under a path', (_site: string, deep: string) => deep],
] as const) {
  test(`the second visit needs no network, ${where}`, async ({page, context, site, deep, watched}) => {
    const home = address(site.address, deep.address);
    await page.goto(home);
    await chat(page).choice('Study').click();
    await installed(page);
    watched.allowErrors();
    await context.setOffline(true);
    await page.reload();
    await expect(chat(page).newest).toContainText('What will you study?');
    await expect(page.getByText('You are offline.')).toBeVisible();
    await page.getByRole('link', {name: 'Privacy'}).click();
    await expect(page.getByRole('heading', {level: 1, name: 'Privacy'})).toBeVisible();
    await page.getByRole('link', {name: 'Back to the conversation'}).click();
    await expect(chat(page).newest).toContainText('What will you study?');
    await page.goto('about:blank');
    await page.goto(`${home}index.html#tree=cave`);
    await expect(page.getByRole('heading', {level: 1, name: 'The cave'})).toBeVisible();
    await chat(page).choices.first().click();
    await expect(chat(page).turns).toHaveCount(3);
    await context.setOffline(false);
    await expect(page.getByText('You are offline.')).toHaveCount(0);
  });
}

test('the app says what it is to who installs it, with addresses that work under any path', async ({page, deep}) => {
  await page.goto(deep.address);
  const address = await page.locator('link[rel="manifest"]').getAttribute('href');
  const answer = await page.request.get(new URL(address ?? '', page.url()).href);
  const manifest = await answer.json();
  expect(manifest).toMatchObject({display: 'standalone', start_url: './index.html', scope: './'});
  for (const icon of manifest.icons) {
    expect((await page.request.get(new URL(icon.src, answer.url()).href)).ok()).toBe(true);
  }
});

test('what the Studio needs is not kept for visitors', () => {
  const worker = readFileSync(path.join(DIST, 'sw.js'), 'utf8');
  expect(worker).toContain('index.html');
  expect(worker).toContain('trees/uk-visa.tree');
  expect(worker).not.toContain('studio');
  expect([...worker.matchAll(/assets\/[\w.-]+\.wasm/g)]).toHaveLength(1);
});

test.describe('a newer version', () => {
  let folder: string;
  test.beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'site-'));
    cpSync(DIST, folder, {recursive: true});
  });
  test.afterEach(() => rmSync(folder, {recursive: true}));

  /** Another version: the page has another title, and its worker knows. */
  function publishNewer(): void {
    const index = path.join(folder, 'index.html');
    writeFileSync(index, readFileSync(index, 'utf8').replace('</head>', '<meta name="newer" content="yes"></head>'));
    const worker = path.join(folder, 'sw.js');
    const text = readFileSync(worker, 'utf8');
    const changed = text.replace(
      /("revision":")([0-9a-f]{8})/g,
      (_all, before, revision) => `${before}${String(revision).split('').reverse().join('')}`,
    );
    expect(changed).not.toBe(text);
    writeFileSync(worker, changed);
  }

  const isNewer = (page: Page) => page.locator('meta[name="newer"]');

  async function firstVisit(context: BrowserContext, address: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${address}${FIRST.slice(2)}`);
    await chat(page).choice('study').click();
    await installed(page);
    await page.reload();
    await expect(chat(page).newest).toContainText('How long do you need to stay?');
    return page;
  }

  test('is offered in a conversation, and taking it loses nothing', async ({context}) => {
    const served = await serveStatic(folder);
    const page = await firstVisit(context, served.address);
    publishNewer();
    await page.keyboard.press('Shift');
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect(page.getByText('A newer version of this page is ready.')).toBeVisible();
    await expect(isNewer(page)).toHaveCount(0);
    await chat(page).choice('up to 6 months').click();
    await expect(chat(page).newest).toContainText('A short-term study visa fits.');
    await chat(page).choice('Use it now').click();
    await expect(isNewer(page)).toHaveCount(1);
    await expect(chat(page).newest).toContainText('A short-term study visa fits.');
    await page.close();
    await served.close();
  });

  test('is there at once for who has just arrived', async ({context}) => {
    const served = await serveStatic(folder);
    const page = await firstVisit(context, served.address);
    publishNewer();
    await page.goto('about:blank');
    await page.goto(`${served.address}${FIRST.slice(2)}`);
    await expect(isNewer(page)).toHaveCount(1, {timeout: 15_000});
    await expect(chat(page).newest).toContainText('How long do you need to stay?');
    await page.close();
    await served.close();
  });
});
