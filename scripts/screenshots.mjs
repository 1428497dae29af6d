// Pictures of the Chat page and the Studio, for the README and docs/studio.md: `node scripts/screenshots.mjs [FOLDER]`, after `npm run build`.
//
// Each is small: as large as its window, in a few colours. They are made anew by hand when the page looks otherwise.

import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {chromium} from '@playwright/test';
import {serveStatic} from './serve-static.mjs';

// It comes with wrangler; without it the pictures are the same, and larger.
const sharp = (await import('sharp').catch(() => undefined))?.default;
const folder = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '../docs/screenshots'));
const WINDOWS = [
  {name: '360', width: 360, height: 740},
  {name: '768', width: 768, height: 900},
  {name: '1280', width: 1280, height: 800},
];

/** The Studio: how large, and what an author does before the picture is taken. */
const STUDIO = [
  {name: 'studio', width: 1280, act: talk},
  {name: 'studio-dark', width: 1280, colorScheme: 'dark', act: talk},
  {name: 'studio-impact', width: 1280, below: 42, act: change},
  {name: 'studio-tests', width: 1280, below: 42, act: fail},
  {name: 'studio-messenger', width: 1280, act: asMessenger},
  {name: 'studio-360-map', width: 360, act: (page) => talk(page).then(() => toPane(page, 'Map'))},
  {name: 'studio-360-preview', width: 360, act: (page) => talk(page).then(() => toPane(page, 'Preview'))},
];

const served = await serveStatic(path.join(import.meta.dirname, '../web/dist'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
});
mkdirSync(folder, {recursive: true});
try {
  for (const {name, width, height} of WINDOWS) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({viewport: {width, height}, colorScheme, reducedMotion: 'reduce'});
      const page = await context.newPage();
      await page.goto(served.address);
      const press = async (label) => page.getByRole('button', {name: label, exact: true}).click();
      await page.locator('button.choice').first().waitFor();
      await press('Study');
      await press('College or degree');
      await keep(page, `chat-${name}-${colorScheme}`);
      if (colorScheme === 'dark') {
        await context.close();
        continue;
      }
      while ((await page.locator('button.choice').count()) > 0) await page.locator('button.choice').last().click();
      await keep(page, `chat-result-${name}`);
      await context.close();
    }
  }
  for (const look of STUDIO) await takeStudio(look);
} finally {
  await browser.close();
  await served.close();
}

async function keep(page, name) {
  const picture = await page.screenshot();
  const small = sharp ? await sharp(picture).png({palette: true, colours: 64, effort: 10}).toBuffer() : picture;
  writeFileSync(path.join(folder, `${name}.png`), small);
  console.log(`${name}.png: ${Math.round(small.length / 1000)} KB`);
}

async function takeStudio({name, width, colorScheme = 'light', below = 26, act}) {
  const context = await browser.newContext({
    viewport: {width, height: width < 600 ? 740 : 800},
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.addInitScript((prefs) => localStorage.setItem('treebot/v1/studio/prefs', prefs), JSON.stringify({below}));
  await page.goto(`${served.address}studio.html#tree=uk-visa`);
  await page.locator('.studio').waitFor();
  await act(page);
  // Far down in a long source, the colours come a moment after the words.
  if (await page.locator('.cm-content').isVisible()) await page.locator('.cm-line span[class]').first().waitFor();
  await keep(page, name);
  await context.close();
}

/** Shows a pane on a small screen. */
async function toPane(page, name) {
  const button = page.getByRole('navigation', {name: 'Panes'}).getByRole('button', {name});
  if (await button.isVisible()) await button.click();
}

/** Two answers; then the author looks at where the bot's newest words are. */
async function talk(page) {
  await toPane(page, 'Preview');
  await page.getByRole('button', {name: 'Study', exact: true}).click();
  await page.getByRole('button', {name: 'College or degree', exact: true}).click();
  await page.locator('.turn').last().locator('.message').last().click();
}

/** Puts other words in place of some, once. */
async function replace(page, words, other) {
  await page.locator('.cm-content').press('Control+Home');
  await page.keyboard.press('Control+f');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.insertText(other);
}

/** An answer gets another key, another is gone, and the impact of that is looked at. */
async function change(page) {
  await talk(page);
  await replace(page, 'College or degree:', 'University:');
  await replace(page, 'School, aged 4-17:', 'Nursery:');
  await page.getByRole('tab', {name: 'Impact'}).click();
  await page.locator('.impact .problems li').first().waitFor();
}

/** A question gets other words than its tests expect. */
async function fail(page) {
  await talk(page);
  await replace(page, 'say: What will you study?', 'say: What do you want to learn?');
  await page.getByRole('tab', {name: 'Tests'}).click();
  const failing = page.getByRole('region', {name: 'Tests'}).getByText('Failed').first();
  await failing.scrollIntoViewIfNeeded();
}

async function asMessenger(page) {
  await talk(page);
  await page.getByRole('combobox', {name: 'Preview as'}).selectOption('Messenger');
}
