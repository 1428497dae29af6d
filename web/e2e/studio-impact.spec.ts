import type {Page} from '@playwright/test';
import {expect, overflow, test, violations} from './site';
import {STUDIO, toPane, typeAfter} from './studio';

const TREE = [
  'say: Where to?',
  'answers:',
  '  town: {say: And back?, answers: {yes: Two tickets., no: One ticket.}}',
  '  airport: Take the express.',
  '',
].join('\n');

const pane = (page: Page) => page.getByRole('region', {name: 'Impact'});

async function openImpact(page: Page): Promise<void> {
  await page.addInitScript((source) => {
    if (!localStorage.getItem('treebot/v1/studio-first/draft')) {
      localStorage.setItem('treebot/v1/studio-first/draft', source);
    }
  }, TREE);
  await page.goto(STUDIO);
  await toPane(page, 'Problems');
  await page.getByRole('tab', {name: 'Impact'}).click();
  await page.getByRole('combobox', {name: 'Compared with'}).selectOption('the draft as it was opened');
}

/** Puts another source in, as an author who pastes. */
async function put(page: Page, source: string): Promise<void> {
  await toPane(page, 'Edit');
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(source);
  await toPane(page, 'Problems');
}

test('an edit that moves somebody silently is told first, with its place', async ({page}) => {
  await openImpact(page);
  await expect(pane(page)).toContainText('Nobody silently lands somewhere else. Of 5 places: 5 kept.');
  // The question is another one now, with the same answers: who answered it is silently elsewhere.
  await put(
    page,
    TREE.replace('And back?', 'By night?').replace('Two tickets.', 'A night bus.').replace('One ticket.', 'A day bus.'),
  );
  await expect(pane(page).getByRole('status')).toContainText(
    /\d places? lands? somewhere else, and nobody is told|Nobody silently/,
  );
  await put(page, TREE.replace('airport: Take the express.', 'harbour: Take the boat.'));
  const rows = pane(page).getByRole('listitem');
  await expect(rows.first()).toContainText('asked again');
  await expect(rows.first()).toContainText(
    'people at `start/airport` are asked `start` again, for want of `airport` at `start`',
  );
  await rows.first().getByRole('button').click();
  await expect(page.getByRole('textbox', {name: 'Source of the tree'})).toBeFocused();
});

test('the impact follows every keystroke, and waits while there are errors', async ({page}) => {
  await openImpact(page);
  await typeAfter(page, 'airport: Take the express.', ' Now.');
  await expect(pane(page)).toContainText('5 kept');
  await typeAfter(page, 'say: Where to?', '\nnonsense: here');
  await expect(pane(page)).toContainText('What it would do is told once they are mended.');
});

test('a file can be compared with, and one that does not load is said', async ({page}) => {
  await openImpact(page);
  const choose = async (name: string, text: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      pane(page).getByRole('button', {name: 'A file…'}).click(),
    ]);
    await chooser.setFiles({name, mimeType: 'application/yaml', buffer: Buffer.from(text)});
  };
  await choose('older.yaml', TREE.replace('airport', 'aerodrome'));
  await expect(page.getByRole('combobox', {name: 'Compared with'})).toHaveValue('file');
  await expect(pane(page)).toContainText('people at `start/aerodrome`');
  await choose('broken.yaml', 'say: Hi\nanswers: {a: {goto: nowhere}}\n');
  await expect(pane(page).getByRole('alert')).toContainText('the file broken.yaml does not load: line 2:');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing in the impact, ${colorScheme}, ${width} px`, async ({page}) => {
      await page.emulateMedia({colorScheme});
      await page.setViewportSize({width, height: 720});
      await openImpact(page);
      await put(page, TREE.replace('airport: Take', 'harbour: Take'));
      await expect(pane(page).getByRole('listitem').first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });
  }
}
