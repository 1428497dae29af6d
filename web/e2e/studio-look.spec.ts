import type {Page} from '@playwright/test';
import {chat, expect, test, violations} from './site';
import {find, STUDIO, toPane, typeAfter} from './studio';

const source = (page: Page) => page.locator('.cm-content');
const line = (page: Page) => page.locator('.cm-activeLine');
const selected = (page: Page) => page.locator('.pane.map .node.selected');

test('a press on a message shows where it is from, in the source and on the map', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, turns, newest} = chat(page);
  await choice('study').click();
  await choice('more than 6 months').click();
  await newest.getByText('A long-term study visa fits.').click();
  await expect(line(page)).toContainText('more than 6 months: A long-term study visa fits.');
  await expect(selected(page)).toContainText('more than 6 months');
  await expect(page.getByText(/This is from line \d+ of the source\./)).toBeVisible();
  // What was said to the bot is where the answer is written.
  await turns.nth(1).getByText('study', {exact: true}).click();
  await expect(line(page)).toContainText('study:');
  await expect(selected(page)).toContainText('study');
  await turns.first().getByText('Hello!').click();
  await expect(line(page)).toContainText('Hello!');
  await expect(selected(page)).toContainText('start');
  await expect(turns.first()).toHaveAttribute('aria-current', 'true');
  expect(await violations(page)).toEqual([]);
});

test('each of several messages shows its own line', async ({page}) => {
  await page.addInitScript(() => {
    const source =
      'say: [One., Two?]\nanswers:\n  on:\n    say: Three.\n    goto: next\nnodes:\n  next: {say: Four.}\n';
    localStorage.setItem('treebot/v1/studio-first/draft', source);
  });
  await page.goto(STUDIO);
  await chat(page).turns.first().getByText('One.').click();
  await expect(line(page)).toContainText('say: [One., Two?]');
  await chat(page).choice('on').click();
  await chat(page).newest.getByText('Three.').click();
  await expect(line(page)).toContainText('say: Three.');
  await expect(selected(page)).toContainText('on');
  await chat(page).newest.getByText('Four.').click();
  await expect(line(page)).toContainText('next: {say: Four.}');
});

test('the text of a message can still be selected, and what is in it pressed', async ({page}) => {
  await page.goto(STUDIO);
  await chat(page).choice('study').click();
  const message = chat(page).newest.locator('.message');
  const before = await line(page).innerText();
  const box = await message.boundingBox();
  if (!box) throw new Error('no message');
  await page.mouse.move(box.x + 2, box.y + 9);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 9, {steps: 5});
  await page.mouse.up();
  expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^How long/);
  expect(await line(page).innerText()).toBe(before);
});

test('the messages are looked at by keyboard', async ({page}) => {
  await page.goto(STUDIO);
  await chat(page).choice('study').click();
  await page.keyboard.press('Alt+3');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(line(page)).toContainText('How long do you need');
  await expect(selected(page)).toContainText('study');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(line(page)).toContainText('study:');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(line(page)).toContainText('Hello!');
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(line(page)).toContainText('study:');
  await expect(chat(page).input, 'the focus stays').toBeFocused();
  // In the source these keys are the editor's own: they move the line.
  await find(page, 'A talent visa fits.');
  const before = await source(page).innerText();
  await page.keyboard.press('Alt+ArrowUp');
  expect(await source(page).innerText()).not.toBe(before);
});

/** Errors above what the conversation says: by some the nodes get other numbers, by others nothing can be read at all. */
const BREAKS = ['\n  swim:\n    sey: Bring a towel.', '\n# a note\n  "'];

for (const [number, text] of BREAKS.entries()) {
  test(`while the source is broken, what was said leads to where it is by now (${number + 1})`, async ({page}) => {
    await page.goto(STUDIO);
    const {choice, newest, turns} = chat(page);
    await choice('study').click();
    await typeAfter(page, 'answers:', '');
    await page.keyboard.insertText(text);
    await expect(page.getByText('The source has errors. This is its last version that works.')).toBeVisible();
    await newest.getByRole('button', {name: 'Source'}).click();
    await expect(line(page)).toContainText('How long do you need');
    await expect(source(page)).toBeFocused();
    await turns.first().getByText('Hello!').click();
    await expect(line(page)).toContainText('Hello!');
    // The conversation goes on over the last tree that worked, and what it says then is found, too.
    await choice('more than 6 months').click();
    await newest.getByText('A long-term study visa fits.').click();
    await expect(line(page)).toContainText('more than 6 months: A long-term');
    await page.keyboard.press('Alt+1');
    await page.keyboard.press('Control+z');
    await expect(page.getByText('The source has errors.')).toHaveCount(0);
  });
}

test('while the source is broken, the author is led to the node that is meant', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'answers:', '');
  await page.keyboard.insertText(BREAKS[0] ?? '');
  await find(page, 'A minister of religion');
  await page.keyboard.press('Control+Enter');
  await expect(chat(page).newest).toContainText('A minister of religion visa fits.');
  await expect(page.locator('.pane.map .node.here')).toContainText('A minister of religi…');
  await expect(page.locator('.turn[data-looked]')).toContainText('A minister of religion');
});

test('on a small screen a message is looked at, and the source is there when it is turned to', async ({page}) => {
  await page.setViewportSize({width: 360, height: 740});
  await page.goto(STUDIO);
  await toPane(page, 'Preview');
  await chat(page).choice('study').click();
  await chat(page).newest.locator('.message').click();
  await expect(chat(page).newest).toHaveAttribute('data-looked', '');
  await toPane(page, 'Edit');
  await expect(line(page)).toContainText('How long do you need');
  await expect(line(page)).toBeInViewport();
});
