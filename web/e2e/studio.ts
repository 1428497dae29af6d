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
  await page.keyboard.press('End');
  await page.keyboard.type(text);
}
