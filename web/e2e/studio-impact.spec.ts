import type {Page} from '@playwright/test';
import {expect, overflow, test, violations} from './site';
import {hand, STUDIO, toPane, typeAfter, withoutPickers} from './studio';

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
  await expect(pane(page).getByRole('status')).toContainText('1 place lands somewhere else, and nobody is told');
  await expect(pane(page).getByRole('listitem').first()).toContainText('nobody tells them');
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
  await withoutPickers(page);
  await openImpact(page);
  const choose = async (name: string, text: string | Buffer) => {
    await pane(page).getByRole('button', {name: 'A file…'}).click();
    await hand(page, {name, mimeType: 'application/yaml', buffer: Buffer.from(text)});
  };
  await choose('older.yaml', TREE.replace('airport', 'aerodrome'));
  await expect(page.getByRole('combobox', {name: 'Compared with'})).toHaveValue('file');
  await expect(pane(page)).toContainText('people at `start/aerodrome`');
  await choose('odd.yaml', Buffer.from([0xff, 0xfe, 0]));
  await expect(page.getByText('odd.yaml is no text in UTF-8.')).toBeVisible();
  await expect(pane(page)).toContainText('people at `start/aerodrome`');
  await choose('broken.yaml', 'say: Hi\nanswers: {a: {goto: nowhere}}\n');
  await expect(pane(page).getByRole('alert')).toContainText('the file broken.yaml does not load: line 2:');
});

/** Keeps the present source as a version. */
async function keep(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('keep this version');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This version is kept.')).toBeVisible();
}

test('a version that was kept can be compared with, and is when it is kept no more', async ({page}) => {
  await openImpact(page);
  await put(page, TREE.replace('airport', 'harbour'));
  await keep(page);
  await put(page, TREE.replace('airport', 'station'));
  // The draft as it was opened lacks the harbour; the version has it.
  await expect(pane(page)).toContainText('people at `start/airport`');
  const compared = page.getByRole('combobox', {name: 'Compared with'});
  const option = compared.getByRole('option', {name: /^the version of .*, kept by/});
  await compared.selectOption(await option.getAttribute('value'));
  await expect(pane(page).getByRole('listitem').first()).toContainText(
    'people at `start/harbour` are asked `start` again, for want of `harbour` at `start`',
  );
  // It follows the source, stays chosen while something else is looked at, and when the version is not kept any more.
  await page.getByRole('tab', {name: 'Tests'}).click();
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.includes('/snapshots/')) localStorage.removeItem(key);
  });
  await page.getByRole('tab', {name: 'Impact'}).click();
  await expect(compared.getByRole('option', {selected: true})).toHaveText(/^the version of/);
  await expect(pane(page)).toContainText('people at `start/harbour`');
  await put(page, TREE.replace('airport: Take the express.', 'harbour: Take the boat.'));
  await expect(pane(page)).toContainText('Nobody silently lands somewhere else. Of 5 places: 5 kept.');
});

test('a version that is gone when it is chosen is said to be, and nothing else is shown in its place', async ({
  page,
}) => {
  await openImpact(page);
  await put(page, TREE.replace('airport', 'harbour'));
  await keep(page);
  const compared = page.getByRole('combobox', {name: 'Compared with'});
  const option = compared.getByRole('option', {name: /^the version of .*, kept by/});
  await expect(option).toHaveCount(1);
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.includes('/snapshots/')) localStorage.removeItem(key);
  });
  await compared.selectOption(await option.getAttribute('value'));
  await expect(page.getByText('This version is not there any more.')).toBeVisible();
  await expect(compared.getByRole('option', {selected: true})).toHaveText('the draft as it was opened');
  await expect(option).toHaveCount(0);
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
