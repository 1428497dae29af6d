import type {Page} from '@playwright/test';
import {chat, expect, FIRST, FIRST_KEY, fillStorage, keys, stored, test} from './site';

async function walk(page: Page): Promise<void> {
  const {choice, newest} = chat(page);
  await choice('study').click();
  await choice('up to 6 months').click();
  await expect(newest).toContainText('A short-term study visa fits.');
}

test('blocked storage does not stop a chat', async ({page}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(FIRST);
  await expect(page.getByText('This browser does not let the page keep anything')).toBeVisible();
  await walk(page);
  await chat(page).choice('Start again').click();
  await expect(chat(page).newest).toContainText('Hello!');
  await chat(page).choice('Clear').click();
  await expect(page.getByText('Deleted.')).toBeVisible();
  await expect(page.getByText('The browser refused')).toHaveCount(0);
  await expect(chat(page).turns).toHaveCount(1);
  await chat(page).choice('Undo').click();
  await expect(chat(page).turns).toHaveCount(7);
});

test('storage that refuses to write does not stop a chat', async ({page}) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await page.goto(FIRST);
  await walk(page);
  await expect(page.getByText('This browser does not let the page keep anything')).toBeVisible();
});

test('what found no room is not said to be kept, whatever else is looked at meanwhile', async ({page}) => {
  await page.goto(FIRST);
  await fillStorage(page);
  await chat(page).choice('study').click();
  await expect(page.getByText('Not remembered.')).toBeVisible();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.getByText('This browser has no room left')).toBeVisible();
  await expect(page.getByText('Not remembered.')).toBeVisible();
  expect(await stored(page, FIRST_KEY)).toBe(null);
  await chat(page).choice('Clear').click();
  await chat(page).choice('Undo').click();
  await expect(chat(page).newest).toContainText('How long do you need to stay?');
});

test('full storage does not stop a chat, and what is there stays', async ({page}) => {
  await page.goto(FIRST);
  await chat(page).choice('business/work').click();
  const before = await stored(page, FIRST_KEY);
  await fillStorage(page);
  await chat(page).choice('more than 6 months').click();
  await expect(page.getByText('This browser has no room left')).toBeVisible();
  await chat(page).choice('1').click();
  await expect(chat(page).newest).toContainText('An entrepreneur visa fits.');
  expect(await stored(page, FIRST_KEY)).toBe(before);
  // Once there is room again, nothing is missing.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('filler')) localStorage.removeItem(key);
  });
  await chat(page).choice('Back').click();
  await expect(page.getByText('This browser has no room left')).toHaveCount(0);
  const said = await chat(page).said();
  await page.reload();
  await expect(chat(page).turns).toHaveCount(said.length);
  expect(await chat(page).said()).toEqual(said);
});

for (const [name, document, words] of [
  ['damaged', '{"treebot":"history","version":1,"events":[{', "can't be read"],
  ['strange', '[1, 2, 3]', "can't be read"],
  ['newer', '{"treebot":"history","version":99,"events":[]}', 'newer version'],
] as const) {
  test(`a ${name} document is left alone until it is set aside`, async ({page}) => {
    await page.addInitScript(
      ([key, document]) => {
        if (!sessionStorage.getItem('planted')) localStorage.setItem(key, document);
        sessionStorage.setItem('planted', 'yes');
      },
      [FIRST_KEY, document] as const,
    );
    await page.goto(FIRST);
    await expect(page.getByRole('status').getByText(words)).toBeVisible();
    await walk(page);
    expect(await stored(page, FIRST_KEY)).toBe(document);
    await page.reload();
    await expect(chat(page).turns).toHaveCount(1);
    expect(await stored(page, FIRST_KEY)).toBe(document);

    await chat(page).choice('study').click();
    await page.getByRole('button', {name: 'Set it aside and remember this conversation'}).click();
    await expect(page.getByRole('status').getByText(words)).toHaveCount(0);
    expect(await stored(page, `${FIRST_KEY}.damaged-1`)).toBe(document);
    await page.reload();
    await expect(chat(page).newest).toContainText('How long do you need to stay?');
  });
}

test('two tabs agree', async ({context}) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(FIRST);
  await two.goto(FIRST);
  await expect(chat(two).choices).toHaveCount(7);
  await chat(one).choice('study').click();
  await expect(chat(two).newest).toContainText('How long do you need to stay?');
  await expect(two.getByText('This conversation went on in another tab.')).toBeVisible();
  expect(await chat(two).said()).toEqual(await chat(one).said());
  await chat(two).type('more than 6 months');
  await expect(chat(one).newest).toContainText('A long-term study visa fits.');
  expect(await chat(one).said()).toEqual(await chat(two).said());

  await chat(one).choice('Clear').click();
  await expect(two.getByText('This conversation was deleted in another tab.')).toBeVisible();
  await expect(chat(two).turns).toHaveCount(1);
  expect(await keys(two)).toEqual([]);
});

test('two tabs that answer at once lose nothing', async ({context}) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(FIRST);
  await two.goto(FIRST);
  await expect(chat(two).choices).toHaveCount(7);
  await Promise.all([chat(one).type('first words'), chat(two).type('other words')]);
  for (const page of [one, two]) {
    await expect(page.getByText('first words', {exact: true})).toBeVisible();
    await expect(page.getByText('other words', {exact: true})).toBeVisible();
  }
  await one.reload();
  await expect(one.getByText('first words', {exact: true})).toBeVisible();
  await expect(one.getByText('other words', {exact: true})).toBeVisible();
});
