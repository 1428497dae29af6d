// What the Studio's tests share.

import type {Page} from '@playwright/test';

export const STUDIO = './studio.html#tree=first';

/** Shows a pane on a small screen, where there is room for one; on a large one they are all there. */
export async function toPane(page: Page, name: 'Edit' | 'Preview' | 'Map' | 'Problems'): Promise<void> {
  await page.locator('.studio').waitFor();
  const button = page.getByRole('navigation', {name: 'Panes'}).getByRole('button', {name});
  if (await button.isVisible()) await button.click();
}

/** Types at the end of the first line of the source that contains some words. */
export async function typeAfter(page: Page, words: string, text: string): Promise<void> {
  await page.locator('.cm-line', {hasText: words}).first().click();
  // The line may be broken: one press goes to the end of a part, the next to that of the whole.
  await page.keyboard.press('End');
  await page.keyboard.press('End');
  await page.keyboard.type(text);
}

/** Selects some words of the source by searching for them, wherever they are. */
export async function find(page: Page, words: string): Promise<void> {
  await page.locator('.cm-content').press('Control+Home');
  await page.keyboard.press('Control+f');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

/** The whole source, as it is kept. */
export async function draft(page: Page): Promise<string> {
  return (await page.evaluate(() => localStorage.getItem('treebot/v1/studio-first/draft'))) ?? '';
}
