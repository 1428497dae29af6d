// Before the engine is there: the first question can be read, and what is done with it is not lost.

import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {Page} from '@playwright/test';
import {chat, expect, FIRST, overflow, test, violations} from './site';

/** Holds the engine back, or what else is named, until the test lets it go. */
async function without(page: Page, what = '**/*.wasm'): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(what, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Every element that is seen, with where it is: what a person would notice if it moved. */
async function seen(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '#app :is(h1, h2, p, li, a, button, input, summary, section, header, .choice, .number, .replies)',
      ),
    ]
      .filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.closest('.late'))
      .map((element) => {
        const {x, y, width, height} = element.getBoundingClientRect();
        // Whole pixels: a line of text that is cut elsewhere is wider by a hundredth of one.
        return [element.className, ...[x, y, width, height].map(Math.round)].join(' ');
      }),
  );
}

for (const width of [320, 360, 768, 1280]) {
  test(`the first question is readable without the engine, and nothing moves when it comes (${width} px)`, async ({
    page,
  }) => {
    await page.setViewportSize({width, height: 740});
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, {shifts});
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as {value: number; hadRecentInput: boolean}[]) {
          if (!entry.hadRecentInput) shifts.push(entry.value);
        }
      }).observe({type: 'layout-shift', buffered: true});
    });
    const release = await without(page);
    await page.goto('./');
    await expect(page.getByText('Why do you want to come to the UK?')).toBeVisible();
    await expect(page.getByText('I am a bot')).toBeVisible();
    await expect(page.getByText('Stays in this browser.')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    const before = await seen(page);
    expect(before.length).toBeGreaterThan(15);
    release();
    await expect(page.locator('button.choice').first()).toBeVisible();
    expect(await seen(page)).toEqual(before);
    await page.locator('button.choice').first().click();
    await expect(chat(page).turns).toHaveCount(3);
    expect(await page.evaluate(() => (window as unknown as {shifts: number[]}).shifts)).toEqual([]);
  });
}

test('an answer that is pressed before the engine is there is given when it comes', async ({page}) => {
  const release = await without(page);
  await page.goto('./');
  await page.getByRole('link', {name: 'Study', exact: true}).click();
  release();
  await expect(chat(page).newest).toContainText('What will you study?');
});

test('a press before any script of the page has arrived is shown as taken, and given later', async ({page}) => {
  const release = await without(page, '**/assets/*.js');
  await page.goto('./', {waitUntil: 'commit'});
  const link = (name: string) => page.getByRole('link', {name, exact: true});
  await link('Holiday or visit').press('Enter');
  await expect(page.getByRole('status').filter({hasText: 'You chose ‘Holiday or visit’.'})).toBeVisible();
  await expect(link('Holiday or visit')).toHaveAttribute('aria-busy', 'true');
  // Who thinks better of it presses another one.
  await link('Study').press('Enter');
  await expect(page.getByRole('status').filter({hasText: 'You chose ‘Study’.'})).toBeVisible();
  await expect(page.locator('[aria-busy]')).toHaveCount(1);
  expect(await violations(page)).toEqual([]);
  release();
  await expect(chat(page).newest).toContainText('What will you study?');
  await expect(chat(page).turns).toHaveCount(3);
  // As after any press: the focus is at what comes next, and the number keys work.
  await expect(page.locator('.replies')).toBeFocused();
});

test('the engine is compiled while the script of the page is still on its way, and nothing is fetched twice', async ({
  page,
}) => {
  const release = await without(page, '**/assets/*.js');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace(/-[\w-]{8}\./, '.')));
  await page.goto('./', {waitUntil: 'commit'});
  await page.waitForFunction(() => window.early?.engine);
  expect(await page.evaluate(async () => (await window.early?.engine) instanceof WebAssembly.Module)).toBe(true);
  release();
  await expect(chat(page).choices.first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  const needed = ['/', '/assets/chat.js', '/assets/conversation.js', '/assets/treebot_bg.wasm', '/early.js'];
  expect(asked.filter((name) => name !== '/icon.svg').sort()).toEqual([...needed, '/trees/uk-visa.tree']);
});

test('a press leads to the page to read where the script of the page does not arrive', async ({page, watched}) => {
  watched.allowErrors();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/*.js', async (route) => {
    await held;
    await route.abort();
  });
  await page.goto('./', {waitUntil: 'commit'});
  await page.getByRole('link', {name: 'Study', exact: true}).click();
  await expect(page.getByText('You chose ‘Study’.')).toBeVisible();
  release();
  await expect(page).toHaveURL(/trees\/uk-visa\.html#n\d+$/);
});

test('who comes back, or for another tree, has something to read where the script of the page does not arrive', async ({
  page,
  watched,
}) => {
  watched.allowErrors();
  await page.goto('./');
  await chat(page).choice('Study').click();
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload();
  await expect(page.getByText('Why do you want to come to the UK?')).toBeVisible();
  await page.getByRole('link', {name: 'Study', exact: true}).click();
  await expect(page).toHaveURL(/trees\/uk-visa\.html#n\d+$/);
  await page.goto('./#tree=cave');
  await expect(page).toHaveURL(/trees\/cave\.html$/);
  await expect(page.getByRole('heading', {level: 1, name: 'The cave'})).toBeVisible();
});

test('who comes back and waits in vain is told what else there is', async ({page}) => {
  await page.goto('./');
  await chat(page).choice('Study').click();
  await without(page, '**/assets/*.js');
  await page.reload({waitUntil: 'commit'});
  await expect(page.getByText('JavaScript may be off')).toBeVisible({timeout: 10_000});
});

test('another advisor that is chosen before the engine is there can be talked with', async ({page}) => {
  const release = await without(page);
  await page.goto('./');
  await page.getByText('Menu', {exact: true}).click();
  await page.getByRole('link', {name: 'The cave'}).click();
  await expect(page).toHaveURL(/#tree=cave$/);
  release();
  await expect(chat(page).choice('Go in')).toBeVisible();
  await chat(page).choice('Go in').click();
  await expect(chat(page).newest).toContainText('You are in a hall of stone.');
});

test('what is typed before the engine is there stays, and what is sent is sent', async ({page}) => {
  const release = await without(page);
  await page.goto('./');
  const {input, newest} = chat(page);
  await input.fill('I want to st');
  release();
  await expect(page.locator('button.choice').first()).toBeVisible();
  await expect(input).toBeFocused();
  await page.keyboard.type('udy');
  await page.keyboard.press('Enter');
  await expect(newest).toContainText('What will you study?');

  await page.evaluate(() => localStorage.clear());
  const again = await without(page);
  await page.reload();
  await input.fill('holiday');
  await page.keyboard.press('Enter');
  again();
  await expect(newest).toContainText('How long will you stay each time?');
});

test('who comes for another tree, or comes back, does not see the first question flash by', async ({page}) => {
  const release = await without(page);
  await page.goto(FIRST);
  await expect(page.locator('.first')).toBeHidden();
  release();
  await expect(chat(page).newest).toContainText('Hello! Why do you want to come to the UK?');
  await page.goto('./');
  await chat(page).choice('Study').click();
  const again = await without(page);
  await page.reload();
  await expect(page.locator('.first')).toBeHidden();
  again();
  await expect(chat(page).newest).toContainText('What will you study?');
});

test('without JavaScript the first question leads to all of the tree, to read', async ({browser, site}) => {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(site.address);
  await expect(page.getByText('Why do you want to come to the UK?')).toBeVisible();
  await expect(page.getByText('JavaScript may be off')).toBeVisible({timeout: 10_000});
  await page.getByRole('link', {name: 'Study', exact: true}).click();
  await expect(page).toHaveURL(/trees\/uk-visa\.html#n\d+$/);
  await page.getByText('Study', {exact: true}).click();
  await expect(page.getByText('What will you study?')).toBeVisible();
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the page to read (${colorScheme})`, async ({page}) => {
    await page.emulateMedia({colorScheme});
    await page.goto('./trees/cave.html');
    await expect(page.getByRole('heading', {level: 1, name: 'The cave'})).toBeVisible();
    const opened = await page.locator('details').evaluateAll((all) => {
      for (const details of all) (details as HTMLDetailsElement).open = true;
      return all.length;
    });
    expect(opened).toBeGreaterThan(5);
    expect(await violations(page)).toEqual([]);
  });
}

test('the policy of every page allows no inline script, and there is none', async ({page}) => {
  const html = (name: string) => readFileSync(fileURLToPath(new URL(`../dist/${name}`, import.meta.url)), 'utf8');
  for (const name of ['index.html', 'privacy.html', 'embed.html', 'trees/uk-visa.html']) {
    const text = html(name);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(policy, name).toContain("default-src 'none'");
    expect(policy, name).not.toContain('unsafe-inline');
    expect(policy, name).not.toContain("'unsafe-eval'");
    expect(text, name).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(text, name).not.toMatch(/\son\w+="|\sstyle="/);
    // A style in a page is the one that its policy names by what it says, and there is no other.
    const styles = [...text.matchAll(/<style>([^<]*)<\/style>/g)].map(
      ([, style]) => `'sha256-${createHash('sha256').update(`${style}`).digest('base64')}'`,
    );
    expect(text.match(/<style/g)?.length ?? 0, name).toBe(styles.length);
    if (styles.length > 0) expect(policy, name).toContain(`style-src ${styles.join(' ')};`);
  }
  await page.goto('./');
  await expect(chat(page).choices.first()).toBeVisible();
});
