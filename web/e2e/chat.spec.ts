import {chat, expect, FIRST, FIRST_KEY, keys, test} from './site';

test('a visitor walks by buttons to an end', async ({page}) => {
  await page.goto('./');
  const {choices, turns, ended} = chat(page);
  await expect(choices.first()).toBeVisible();
  await expect(page).toHaveTitle(await page.getByRole('heading', {level: 1}).innerText());
  let steps = 0;
  while ((await choices.count()) > 0) {
    const before = await turns.count();
    const label = await choices.first().locator('span').last().innerText();
    await choices.first().click();
    await expect(turns).toHaveCount(before + 2);
    await expect(turns.nth(before)).toContainText(label);
    steps += 1;
    expect(steps).toBeLessThan(25);
  }
  expect(steps).toBeGreaterThan(1);
  await expect(ended).toBeVisible();
  await expect(turns.last().getByRole('link').first()).toHaveAttribute('href', /^https:\/\/www\.gov\.uk\//);
});

test('another types to an end', async ({page}) => {
  await page.goto(FIRST);
  const {newest, input, ended, type, turns} = chat(page);
  await type('I want to STUDY');
  await expect(newest).toContainText('How long do you need to stay?');
  await expect(input).toBeFocused();
  await expect(input).toHaveValue('');
  await type('2');
  await expect(newest).toContainText('A long-term study visa fits.');
  await expect(ended).toBeVisible();
  await expect(turns).toHaveCount(5);
});

test('who types to the advisor about visas gets to an end', async ({page}) => {
  await page.goto('./');
  const {choices, ended, type, turns} = chat(page);
  await expect(choices.first()).toBeVisible();
  for (let step = 0; step < 25 && (await choices.count()) > 0; step += 1) {
    const before = await turns.count();
    await type(await choices.last().locator('span').last().innerText());
    await expect(turns).toHaveCount(before + 2);
  }
  await expect(ended).toBeVisible();
});

test('a reload in the middle goes on', async ({page}) => {
  await page.goto(FIRST);
  const {choice, newest, said} = chat(page);
  await choice('business/work').click();
  await choice('more than 6 months').click();
  await expect(newest).toContainText('Which describes you?');
  const before = await said();
  await page.reload();
  await expect(newest).toContainText('Which describes you?');
  expect(await said()).toEqual(before);
  await choice('4').click();
  await expect(newest).toContainText('What have you been offered?');
  await page.reload();
  await choice('2').click();
  await expect(newest).toContainText('A transfer visa fits.');
  await page.reload();
  await expect(newest).toContainText('A transfer visa fits.');
});

test('what is not understood is said, and the question is asked again', async ({page}) => {
  await page.goto(FIRST);
  const {choice, choices, newest, type} = chat(page);
  await choice('study').click();
  await type('bananas');
  await expect(newest).toContainText("didn't understand");
  await expect(choices).toHaveCount(2);
  await type('yes');
  await expect(newest).toContainText('Hello! Why do you want to come to the UK?');
});

test('words that fit several answers are asked back, and their numbers mean what is shown', async ({page}) => {
  await page.goto(FIRST);
  const {choice, choices, newest, type} = chat(page);
  await choice('study').click();
  await type('months');
  await expect(newest).toContainText('Did you mean');
  await expect(choices).toHaveCount(2);
  await type('2');
  await expect(newest).toContainText('A long-term study visa fits.');
});

test('back, start again, and undoing that', async ({page}) => {
  await page.goto(FIRST);
  const {choice, choices, newest} = chat(page);
  await expect(choice('Back')).toHaveCount(0);
  await choice('study').click();
  await choice('Back').click();
  await expect(newest).toContainText('Hello!');
  await expect(choices).toHaveCount(7);
  await choice('study').click();
  await choice('Start again').click();
  await expect(newest).toContainText('Hello!');
  await page.getByRole('button', {name: 'Undo'}).click();
  await expect(newest).toContainText('How long do you need to stay?');
  await expect(page.getByRole('button', {name: 'Undo'})).toHaveCount(0);
});

test('clear leaves no key, and can be undone until something else is done', async ({page}) => {
  await page.goto(FIRST);
  const {choice, choices, newest, turns} = chat(page);
  await choice('study').click();
  await page.getByText('Menu', {exact: true}).click();
  await page.getByRole('radio', {name: 'Dark'}).check();
  expect((await keys(page)).sort()).toEqual(['treebot/v1/_page/theme', FIRST_KEY]);
  await choice('Clear').click();
  await expect(page.getByText('Deleted. Nothing of that conversation is kept in this browser.')).toBeVisible();
  expect(await keys(page)).toEqual([]);
  await expect(page.locator('.replies')).toBeFocused();
  await expect(turns).toHaveCount(1);
  await choice('Undo').click();
  await expect(newest).toContainText('How long do you need to stay?');
  expect((await keys(page)).sort()).toEqual(['treebot/v1/_page/theme', FIRST_KEY]);
  await choice('Clear').click();
  await choices.first().click();
  await expect(choice('Undo')).toHaveCount(0);
  await choice('Clear').click();
  await page.reload();
  await expect(choices.first()).toBeVisible();
  await expect(turns).toHaveCount(1);
  expect(await keys(page)).toEqual([]);
});

test('everything can be deleted from the menu, where there is no conversation too, and the colours go back at once', async ({
  page,
}) => {
  await page.goto('./#tree=cave');
  await chat(page).choice('Go in').click();
  await page.goto(FIRST);
  const {choice} = chat(page);
  const html = page.locator('html');
  await page.getByText('Menu', {exact: true}).click();
  await page.getByRole('radio', {name: 'Dark'}).check();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  expect((await keys(page)).length).toBe(2);
  await choice('Delete everything kept in this browser').click();
  await expect(page.getByText('Deleted.')).toBeVisible();
  await expect(page.locator('.replies')).toBeFocused();
  await expect(html).not.toHaveAttribute('data-theme', /./);
  expect(await keys(page)).toEqual([]);
  await choice('Undo').click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  expect((await keys(page)).length).toBe(2);
  await page.getByText('Menu', {exact: true}).click();
  await expect(page.getByRole('radio', {name: 'Dark'})).toBeChecked();
});

test('everything the site keeps can be deleted as well', async ({page}) => {
  await page.goto('./studio.html#tree=first');
  await page.getByRole('textbox', {name: 'Source of the tree'}).press('End');
  await page.keyboard.type(' ');
  await page.goto(FIRST);
  const {choice} = chat(page);
  await choice('study').click();
  expect(await keys(page)).toContain('treebot/v1/studio-first/draft');
  await choice('Clear').click();
  expect(await keys(page)).toContain('treebot/v1/studio-first/draft');
  await choice('Also delete everything else this site keeps here').click();
  await expect(page.getByText('Deleted.')).toBeVisible();
  expect(await keys(page)).toEqual([]);
  await choice('Undo').click();
  expect(await keys(page)).toContain('treebot/v1/studio-first/draft');
});

test('who only looks leaves nothing behind', async ({page}) => {
  await page.goto('./');
  await expect(chat(page).choices.first()).toBeVisible();
  expect(await keys(page)).toEqual([]);
});

test('each tree has a conversation of its own', async ({page}) => {
  await page.goto(FIRST);
  await chat(page).choice('study').click();
  await page.goto('./#tree=cave');
  await expect(chat(page).turns).toHaveCount(1);
  await expect(chat(page).newest).not.toContainText('Why do you want to come to the UK?');
  await page.goto(FIRST);
  await expect(chat(page).newest).toContainText('How long do you need to stay?');
});
