// Pictures of the Chat page, for the README: `node scripts/screenshots.mjs [FOLDER]`, after `npm run build`.
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
