import type {Page} from '@playwright/test';
import {chat, expect, overflow, test, violations} from './site';
import {STUDIO, TESTED, toPane} from './studio';

async function write(page: Page, source: string): Promise<void> {
  await toPane(page, 'Edit');
  await page.locator('.cm-content').press('Control+a');
  await page.keyboard.insertText(source);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({colorScheme, viewport: {width, height: 720}});

      test('axe finds nothing in any pane', async ({page}) => {
        await page.goto(STUDIO);
        await write(page, TESTED);
        await toPane(page, 'Problems');
        for (const tab of ['Problems', 'Tests', 'Versions', 'Impact', 'Outline']) {
          await page.getByRole('tab', {name: tab}).click();
          expect(await violations(page), tab).toEqual([]);
          expect(await overflow(page), tab).toBe(0);
        }
        await toPane(page, 'Preview');
        await chat(page).type('not green');
        await page.getByRole('button', {name: 'Why?'}).last().click();
        await expect(page.locator('.why')).toBeVisible();
        expect(await violations(page), 'an explanation').toEqual([]);
        await chat(page).choices.filter({hasText: 'green'}).click();
        await chat(page).choice('very').click();
        await write(page, TESTED.replace('very:', 'quite:'));
        await toPane(page, 'Preview');
        await expect(page.locator('.report')).toContainText('Asked again');
        expect(await violations(page), 'a report').toEqual([]);
        expect(await overflow(page), 'a report').toBe(0);
        await page.getByRole('button', {name: 'Record test'}).click();
        await page.keyboard.press('Control+a');
        await page.keyboard.type('passes');
        await page.keyboard.press('Enter');
        await expect(page.getByRole('alert')).toContainText('already');
        expect(await violations(page), 'a question to the author').toEqual([]);
        await page.keyboard.press('Escape');
        await toPane(page, 'Edit');
        await page.locator('.cm-content').press('Control+f');
        await page.keyboard.type('e');
        expect(await violations(page), 'searching').toEqual([]);
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+End');
        await page.keyboard.press('Enter');
        await page.keyboard.type('h');
        await expect(page.locator('.cm-tooltip-autocomplete')).toBeVisible();
        expect(await violations(page), 'completing').toEqual([]);
        expect(await overflow(page), 'completing').toBe(0);
      });
    });
  }
}

test('an author needs no mouse', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(TESTED.replace('say: Hot?', 'sey: Hot?'));
  // To the problem, and its mend.
  await page.keyboard.press('Alt+4');
  const focused = page.locator(':focus');
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab');
    if ((await focused.innerText()) === 'write `say`') break;
  }
  await page.keyboard.press('Enter');
  await expect(page.getByText('unknown key')).toHaveCount(0);
  // The mend is gone, and the focus is still where it was.
  const within = (pane: string) =>
    page.locator(`#pane-${pane}`).evaluate((pane) => pane.contains(document.activeElement));
  expect(await within('problems')).toBe(true);
  // Talk.
  await page.keyboard.press('Alt+3');
  await page.keyboard.type('green');
  await page.keyboard.press('Enter');
  await expect(chat(page).newest).toContainText('Hot?');
  await page.keyboard.press('Alt+PageUp');
  await expect(chat(page).newest).toContainText('Tea?');
  await page.keyboard.press('Alt+PageDown');
  // Record it.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('record');
  await page.keyboard.press('Enter');
  await page.keyboard.type('by hand');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', {name: 'Tests'})).toContainText('Passed by hand');
  // As a phone shows it; which is remembered, as is the pane below.
  await page.getByRole('combobox', {name: 'Preview as'}).selectOption('messenger');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+3');
  expect(await within('preview')).toBe(true);
  await page.reload();
  await expect(page.getByRole('combobox', {name: 'Preview as'})).toHaveValue('messenger');
  await expect(page.getByRole('region', {name: 'Tests'})).toContainText('Passed by hand');
  await page.getByRole('combobox', {name: 'Preview as'}).selectOption('web');
  // What is at the cursor, without a pointer.
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Alt+F1');
  await expect(page.getByRole('status').filter({hasText: 'title'})).toBeVisible();
  // Tab leaves the source, and every control shows that it has the focus.
  for (let tabs = 0; tabs < 8; tabs += 1) {
    await page.keyboard.press('Tab');
    const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline, await focused.evaluate((element) => element.outerHTML.slice(0, 100))).not.toBe('none');
  }
});
