// What the Studio's tests share.

import type {Page} from '@playwright/test';

export const STUDIO = './studio.html#tree=first';

/** A tree with tests, of which one fails. */
export const TESTED = `title: Tea
say: Tea?
answers:
  green:
    say: Hot?
    answers: {very: Careful., a little: Here.}
  none: Bye.
tests:
  passes: [{bot: Tea?}, {user: none}, {bot: Bye.}]
  fails: [{bot: Coffee?}]
`;

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

/** A file as it is handed to a page. */
export interface Handed {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** The system's dialogs for files, which a test cannot drive, do not come: a field that asks for a file is marked. */
export async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, {showOpenFilePicker: undefined, showSaveFilePicker: undefined});
    const click = HTMLInputElement.prototype.click;
    HTMLInputElement.prototype.click = function () {
      if (this.type === 'file') this.dataset.asked = 'yes';
      else click.call(this);
    };
  });
}

/** Hands a file to the field that asked for one. */
export async function hand(page: Page, file: Handed): Promise<void> {
  const field = page.locator('input[type=file][data-asked]');
  await field.setInputFiles(file);
  await field.evaluate((field) => delete (field as HTMLElement).dataset.asked);
}

/** Selects some words of the source by searching for them, wherever they are. */
export async function find(page: Page, words: string): Promise<void> {
  await page.locator('.cm-content').press('Control+Home');
  await page.keyboard.press('Control+f');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

/** The whole source, as it is kept once the frame is drawn that shows it. */
export async function draft(page: Page): Promise<string> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done)))));
  return (await page.evaluate(() => localStorage.getItem('treebot/v1/studio-first/draft'))) ?? '';
}

/** Lets the Studio open with a draft of this source. */
export async function draftOf(page: Page, source: string): Promise<void> {
  await page.addInitScript((source) => {
    const key = 'treebot/v1/studio-first/draft';
    if (localStorage.getItem(key) === null) localStorage.setItem(key, source);
  }, source);
}

/** A tree of so many shared questions of three answers each. */
export function large(questions: number): string {
  const lines = ['say: Begin?', 'answers:', '  go: {goto: n0}', 'nodes:'];
  for (let n = 0; n < questions; n++) {
    const to = (next: number) => (next < questions ? `{goto: n${next}}` : 'An end.');
    lines.push(`  n${n}:`, `    say: Question ${n}?`, '    answers:', '      stop: Well then.');
    lines.push(`      left: ${to(2 * n + 1)}`, `      right: ${to(2 * n + 2)}`);
  }
  return `${lines.join('\n')}\n`;
}
