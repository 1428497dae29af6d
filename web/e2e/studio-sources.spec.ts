// Sources as they come: with line ends of Windows, with letters outside the first plane, and large ones.

import {readFileSync} from 'node:fs';
import type {Page} from '@playwright/test';
import {chat, expect, test} from './site';
import {draft, draftOf, hand, large, STUDIO, typeAfter, withoutPickers} from './studio';

const source = (page: Page) => page.locator('.cm-content');
const line = (page: Page) => page.locator('.cm-activeLine');

/** Opens a file by keys. */
async function openFile(page: Page, name: string, text: string): Promise<void> {
  await withoutPickers(page);
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  await page.keyboard.press('Control+o');
  await hand(page, {name, mimeType: 'application/yaml', buffer: Buffer.from(text)});
}

/** Saves, and gives what the file has. */
async function saved(page: Page): Promise<string> {
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  return readFileSync(await (await saving).path(), 'utf8');
}

const LINES = [
  '# A tree 🌳 with 𝒻𝒶𝓃𝒸𝓎 letters',
  'title: "Tea 🍵"',
  'say: "Tea 🍵 or coffee ☕?"',
  'answers:',
  '  "tea 🍵": {say: "🫖🫖 Hot?", goto: hot}',
  '  coffee: {sey: Here.}',
  'nodes:',
  '  hot: {say: "🔥?", answers: {"yes 👍": Fine., "no 👎": {goto: start}}}',
  '',
];

for (const [ends, joint] of [
  ['with line ends of Windows', '\r\n'],
  ['with plain line ends', '\n'],
] as const) {
  test(`offsets are right in a file of emoji ${ends}, and it keeps them`, async ({page}) => {
    await openFile(page, 'tea.yaml', LINES.join(joint));
    const problems = page.getByRole('region', {name: 'Problems'});
    await expect(page.getByRole('banner')).toContainText('tea.yaml · saved');
    // A problem is where it is, and is mended there.
    await expect(page.locator('.cm-lintRange-error')).toHaveText('sey');
    await expect(problems).toContainText('line 6');
    await problems.getByRole('button', {name: 'write `say`'}).click();
    await expect(source(page)).toContainText('coffee: {say: Here.}');
    // The conversation leads to the line, the line to the node, and a name to where it is given.
    await chat(page).choice('tea 🍵').click();
    await chat(page).newest.getByText('🔥?').click();
    await expect(line(page)).toContainText('hot: {say:');
    await page.locator('.cm-line', {hasText: 'goto: hot'}).click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('F2');
    await page.getByRole('textbox', {name: 'New name for ‘hot’'}).fill('boiling ♨️');
    await page.keyboard.press('Enter');
    await expect(source(page)).toContainText('boiling ♨️:');
    await expect(source(page)).toContainText('goto: boiling ♨️');
    await expect(chat(page).newest, 'the place is kept').toContainText('🔥?');
    await chat(page).choice('yes 👍').click();
    await page.getByRole('button', {name: 'Record test'}).click();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', {name: 'Tests'})).toContainText('Passed tea 🍵, yes 👍');
    const text = await saved(page);
    expect(text.split(joint).slice(0, 4)).toEqual(LINES.slice(0, 4));
    expect(text.split(joint).length).toBeGreaterThan(LINES.length + 4);
    expect(text.replaceAll(joint, '')).not.toMatch(/[\r\n]/);
    // Saved again without a change it is the same.
    await expect(page.getByRole('banner')).toContainText('tea.yaml · saved');
    expect(await saved(page)).toBe(text);
  });
}

test('a draft with line ends of Windows opens with its offsets right', async ({page}) => {
  await draftOf(page, LINES.join('\r\n'));
  await page.goto(STUDIO);
  await expect(page.locator('.cm-lintRange-error')).toHaveText('sey');
  await typeAfter(page, 'coffee:', ' # soon');
  await expect(page.locator('.cm-lintRange-error')).toHaveText('sey');
});

test('a tree of 5,000 nodes is written, talked to, looked at and saved', async ({page}) => {
  test.slow();
  await draftOf(page, `${large(1250)}tests:\n  on: [{user: go}, {user: left}, {bot: Question 1?}]\n`);
  await page.goto(STUDIO);
  const {choice, newest} = chat(page);
  const here = page.locator('.pane.map .node.here');
  await choice('go').click();
  await choice('left').click();
  await newest.getByText('Question 1?').click();
  await expect(line(page)).toContainText('say: Question 1?');
  await source(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.type(' Which way');
  await expect(newest).toContainText('Question 1? Which way');
  await expect(here).toContainText('Which way');
  await expect(page.getByRole('button', {name: '1 test passed'})).toBeVisible();
  // To a node at the very end of the tree, by its words.
  const find = page.getByRole('searchbox', {name: 'Find on the map'});
  await find.fill('question 1249');
  await find.press('Enter');
  await page.keyboard.press('Alt+2');
  await page.keyboard.press('Enter');
  await expect(newest).toContainText('Question 1249?');
  await expect(here).toContainText('Question 1249?');
  // All of it is in the picture that is kept, and a reload finds everything.
  const all = /of (\d+) nodes/.exec(await page.locator('.pane.map .count').innerText())?.[1];
  expect(Number(all)).toBeGreaterThan(4990);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'SVG'}).click()]);
  expect(readFileSync(await file.path(), 'utf8').match(/<g /g)).toHaveLength(Number(all));
  await page.reload();
  await expect(newest).toContainText('Question 1249?');
  expect(await draft(page)).toContain('say: Question 1? Which way');
});
