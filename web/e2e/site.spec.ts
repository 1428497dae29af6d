import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {chat, expect, test} from './site';

test('the site works under a sub-path', async ({page, deep}) => {
  await page.goto(deep.address);
  const {choices, turns} = chat(page);
  await choices.first().click();
  await expect(turns).toHaveCount(3);
  await page.goto(`${deep.address}studio.html`);
  await choices.first().click();
  await expect(turns).toHaveCount(3);
  await page.getByRole('link', {name: 'Chat'}).click();
  await expect(turns).toHaveCount(3);
  expect(page.url()).toContain('/some/where/');
});

test('without the engine the page says so, and where to read on', async ({page, watched}) => {
  watched.allowErrors();
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('heading', {name: 'The advisor could not be loaded'})).toBeVisible();
  const address = await page.getByRole('link', {name: 'read all questions and answers as text'}).getAttribute('href');
  const source = await page.request.get(new URL(address ?? '', page.url()).href);
  expect(await source.text()).toContain('answers:');
});

test('a tree that is not there, or does not load, is said', async ({page, watched}) => {
  watched.allowErrors();
  await page.goto('./#tree=nowhere');
  await expect(page.getByRole('heading', {name: 'The advisor could not be loaded'})).toBeVisible();
  await page.route('**/trees/first.tree', (route) => route.fulfill({body: 'treebot tree, damaged'}));
  await page.goto('./#tree=first');
  await expect(page.getByRole('heading', {name: 'The advisor could not be loaded'})).toBeVisible();
});

test('a name that is no tree cannot reach another file', async ({page}) => {
  await page.goto('./#tree=../../etc/passwd');
  await expect(chat(page).choices.first()).toBeVisible();
});

test('if the engine stops, the page says that the answers are kept', async ({page}) => {
  await page.goto('./#tree=first');
  await chat(page).choice('study').click();
  // A wasm module of one function, which traps, as the engine would.
  await page.evaluate(() => {
    const module = '0061736d0100000001040160000003020100070501017400000a05010300000b';
    const bytes = Uint8Array.from(module.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    const trap = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.t as () => void;
    setTimeout(trap);
  });
  await expect(page.getByRole('heading', {name: 'The advisor stopped'})).toBeVisible();
  await page.getByRole('button', {name: 'Reload'}).click();
  await expect(chat(page).newest).toContainText('How long do you need to stay?');
});

test('without JavaScript the page says what it is', async ({browser, site}) => {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(site.address);
  await expect(page.getByText('JavaScript may be switched off')).toBeVisible({timeout: 10_000});
  await expect(page.getByRole('link', {name: 'read all questions and answers as text'})).toBeVisible();
  await context.close();
});

test('the text of a tree is never run', async ({page}) => {
  const say = '<img src=x onerror="window.ran=1"> [a](javascript:window.ran=1) [b](https://www.gov.uk)';
  const tree = compiled(`say: '${say}'\nanswers:\n  <b>bold</b>: Done.\n`);
  await page.route('**/trees/first.tree', (route) => route.fulfill({body: tree}));
  await page.goto('./#tree=first');
  const {newest, choice} = chat(page);
  await expect(newest).toContainText('<img src=x');
  await expect(newest.getByRole('link')).toHaveCount(1);
  await choice('<b>bold</b>').click();
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});

/** A tree as the site publishes it, made of this source. */
function compiled(source: string): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'tree-'));
  try {
    const file = path.join(folder, 'first.yaml');
    writeFileSync(file, source);
    execFileSync('cargo', ['run', '--quiet', '-p', 'treebot-cli', '--', 'compile', '--into', folder, file]);
    return readFileSync(path.join(folder, 'first.tree'));
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test('what is kept of whom is said on a page that runs nothing', async ({page, browser, site}) => {
  await page.goto('./');
  await page.getByRole('link', {name: 'Privacy'}).click();
  await expect(page.getByRole('heading', {name: 'Privacy', level: 1})).toBeVisible();
  expect(page.url()).toMatch(/privacy(\.html)?$/);
  expect(await page.locator('script').count()).toBe(0);
  await page.getByRole('link', {name: 'Back to the conversation'}).click();
  await expect(chat(page).choices.first()).toBeVisible();
  const context = await browser.newContext({javaScriptEnabled: false});
  const plain = await context.newPage();
  await plain.goto(`${site.address}privacy.html`);
  await expect(plain.getByText('delete my data').first()).toBeVisible();
  await context.close();
});
