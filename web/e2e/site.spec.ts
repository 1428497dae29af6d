import {chat, expect, test, trap} from './site';

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
  const reading = page.getByRole('region', {name: 'All questions and answers'});
  await reading.getByText('Study', {exact: true}).click();
  await expect(reading.getByText('What will you study?')).toBeVisible();
  await page.getByRole('link', {name: 'read all questions and answers on one page'}).click();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Do I need a UK visa?');
});

test('where the engine does not come, what was said to it is not taken without a word', async ({page, watched}) => {
  watched.allowErrors();
  let fail = () => {};
  const held = new Promise<void>((resolve) => {
    fail = resolve;
  });
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.abort();
  });
  await page.goto('./');
  await chat(page).type('I want to work');
  fail();
  await expect(page.getByRole('alert')).toContainText('‘I want to work’ was not taken');
  await page.goto('./#tree=cave');
  await expect(page.getByRole('heading', {name: 'The advisor could not be loaded'})).toBeVisible();
  const other = page.getByRole('link', {name: 'Do I need a UK visa?'});
  await expect(other).toBeVisible();
  await expect(page.getByRole('link', {name: 'The cave'})).toHaveCount(0);
});

test('a tree that is not there, or does not load, is said', async ({page, watched}) => {
  watched.allowErrors();
  await page.goto('./#tree=nowhere');
  await expect(page.getByRole('alert')).toHaveText('There is no advisor of that name here');
  const links = page.getByRole('main').getByRole('link');
  await expect(links).toHaveText(['Do I need a UK visa?', 'The cave', 'What is wrong with the coffee machine?']);
  await page.route('**/trees/first.tree', (route) => route.fulfill({body: 'treebot tree, damaged'}));
  await page.goto('./#tree=first');
  await expect(page.getByRole('heading', {name: 'The advisor could not be loaded'})).toBeVisible();
});

test('a name that is no tree cannot reach another file', async ({page}) => {
  await page.goto('./#tree=../../etc/passwd');
  await expect(chat(page).choices.first()).toBeVisible();
});

test('if the engine stops, the page says that the answers are kept', async ({page, watched}) => {
  watched.allowErrors();
  await page.goto('./#tree=first');
  await chat(page).choice('study').click();
  await trap(page);
  await expect(page.getByRole('heading', {name: 'The advisor stopped'})).toBeVisible();
  await page.getByRole('button', {name: 'Reload'}).click();
  await expect(chat(page).newest).toContainText('How long do you need to stay?');
});

test('what is kept of whom is said on a page that runs nothing', async ({page, browser, site}) => {
  await page.goto('./');
  await page.getByRole('link', {name: 'Privacy'}).click();
  await expect(page.getByRole('heading', {name: 'Privacy', level: 1})).toBeVisible();
  expect(page.url()).toMatch(/privacy(\.html)?$/);
  expect(await page.locator('script').count()).toBe(0);
  // It has the Chat's own colours.
  expect(await page.locator('html').evaluate((html) => getComputedStyle(html).getPropertyValue('--radius'))).toBe(
    '14px',
  );
  await page.getByRole('link', {name: 'Back to the conversation'}).click();
  await expect(chat(page).choices.first()).toBeVisible();
  const context = await browser.newContext({javaScriptEnabled: false});
  const plain = await context.newPage();
  await plain.goto(`${site.address}privacy.html`);
  await expect(plain.getByText('delete my data').first()).toBeVisible();
  await context.close();
});
