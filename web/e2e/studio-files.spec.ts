import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {Page} from '@playwright/test';
import {chat, expect, fillStorage, keys, test} from './site';
import {draft, hand, STUDIO, typeAfter, withoutPickers} from './studio';

const source = (page: Page) => page.locator('.cm-content');

/** Does a command by its words. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

test('a file is opened, changed and saved, and the draft before it is kept', async ({page}) => {
  await withoutPickers(page);
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', ' Really.');
  await page.getByRole('button', {name: 'File'}).click();
  await page.getByRole('option', {name: /^Open a file/}).click();
  await hand(page, {
    name: 'tea.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from('say: Tea?\nanswers: {green: Here., black: There.}\n'),
  });
  await expect(chat(page).newest).toContainText('Tea?');
  await expect(page.getByRole('banner')).toContainText('tea.yaml · saved');
  await typeAfter(page, 'say: Tea?', ' Or none?');
  await expect(page.getByRole('banner')).toContainText('tea.yaml · changed since it was saved');
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('tea.yaml');
  expect(readFileSync(await saved.path(), 'utf8')).toBe('say: Tea? Or none?\nanswers: {green: Here., black: There.}\n');
  await expect(page.getByRole('banner')).toContainText('tea.yaml · saved');
  await page.getByRole('tab', {name: 'Versions'}).click();
  const versions = page.getByRole('region', {name: 'Versions'});
  await expect(versions.getByRole('listitem').first()).toContainText('kept by you, 2 lines');
  await versions
    .getByRole('listitem')
    .filter({hasText: 'before something else took its place'})
    .getByRole('button', {name: /Bring it back/})
    .first()
    .click();
  await expect(source(page)).toContainText('A visitor visa fits. Really.');
  await source(page).focus();
  await page.keyboard.press('Control+z');
  await expect(source(page)).toContainText('say: Tea? Or none?');
});

test('which file is open is known after a reload, with whether it has everything', async ({page}) => {
  await withoutPickers(page);
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  await page.keyboard.press('Control+o');
  const text = 'say: Tea?\r\nanswers: {green: Here., black: There.}\r\n';
  await hand(page, {name: 'tea.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text)});
  const banner = page.getByRole('banner');
  await expect(banner).toContainText('tea.yaml · saved');
  await draft(page);
  await page.reload();
  await expect(banner).toContainText('tea.yaml · saved');
  await typeAfter(page, 'say: Tea?', ' Or none?');
  await expect(banner).toContainText('tea.yaml · changed since it was saved');
  await page.reload();
  await expect(banner).toContainText('tea.yaml · changed since it was saved');
  // It is saved under its name, with the line ends that it had.
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('tea.yaml');
  expect(readFileSync(await saved.path(), 'utf8')).toBe(text.replace('Tea?', 'Tea? Or none?'));
  await page.reload();
  await expect(banner).toContainText('tea.yaml · saved');
  await command(page, 'begin a new tree');
  await expect(banner).not.toContainText('tea.yaml');
  await draft(page);
  await page.reload();
  await expect(banner).toContainText('new-tree.yaml');
  await command(page, 'published tree back');
  await draft(page);
  await page.reload();
  await expect(banner).toContainText('first');
  await expect(banner).not.toContainText('.yaml');
});

test('a file that is no tree changes nothing, and is said to be none', async ({page}) => {
  await withoutPickers(page);
  await page.goto(STUDIO);
  const open = async (name: string, buffer: Buffer) => {
    await page.keyboard.press('Control+o');
    await hand(page, {name, mimeType: 'text/plain', buffer});
  };
  await page.locator('.studio').waitFor();
  await open('big.yaml', Buffer.alloc((1 << 20) + 1, 'x'));
  await expect(page.getByText('big.yaml is larger than 1 MiB')).toBeVisible();
  await open('odd.yaml', Buffer.from([0xff, 0xfe, 0x00]));
  await expect(page.getByText('odd.yaml is no text in UTF-8')).toBeVisible();
  await expect(source(page)).toContainText('Hello!');
  await open('broken.yaml', Buffer.from('say: [\n'));
  await expect(page.getByText('The source has errors.')).toBeVisible();
  await expect(chat(page).newest).toContainText('Hello!');
});

test('a file that the page may write into is saved to by one key', async ({page}) => {
  await page.addInitScript(() => {
    const written: string[] = [];
    const handle = {
      name: 'mine.yaml',
      getFile: async () => new File(['say: Mine\n'], 'mine.yaml'),
      createWritable: async () => ({write: async (text: string) => written.push(text), close: async () => {}}),
    };
    Object.assign(window, {
      written,
      showOpenFilePicker: async () => [handle],
      showSaveFilePicker: async () => {
        throw new DOMException('closed', 'AbortError');
      },
    });
  });
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('banner')).not.toContainText('saved');
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('banner')).toContainText('mine.yaml · saved');
  await typeAfter(page, 'say: Mine', ' now');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved to mine.yaml.')).toBeVisible();
  const written = () => page.evaluate(() => (window as unknown as {written: string[]}).written);
  expect(await written()).toEqual(['say: Mine now\n']);
  // Back to what was there before the file was opened: that is not to be written into it.
  await source(page).focus();
  for (let undone = 0; undone < 2; undone++) await page.keyboard.press('Control+z');
  await expect(source(page)).toContainText('Hello!');
  await expect(page.getByRole('banner')).not.toContainText('mine.yaml');
  await page.keyboard.press('Control+s');
  expect(await written()).toEqual(['say: Mine now\n']);
});

test('the published tree comes back, and the draft is kept', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'How long do you need', ' Please say.');
  await command(page, 'published tree back');
  await expect(source(page)).not.toContainText('Please say.');
  await expect(page.getByText('What was here before is among the versions.')).toBeVisible();
  await source(page).focus();
  await page.keyboard.press('Control+z');
  await expect(source(page)).toContainText('Please say.');
  await command(page, 'begin a new tree');
  await expect(chat(page).newest).toContainText('What would you like to know?');
  await expect(page.getByRole('button', {name: 'No problems'})).toBeVisible();
});

test('a new tree begins a conversation of its own, and is saved under a name of its own', async ({page}) => {
  await withoutPickers(page);
  await page.goto(STUDIO);
  const {choice, newest, turns} = chat(page);
  await choice('study').click();
  await choice('more than 6 months').click();
  await command(page, 'begin a new tree');
  await expect(turns).toHaveCount(1);
  await expect(newest).toContainText('What would you like to know?');
  await expect(page.locator('.report')).toHaveCount(0);
  const banner = page.getByRole('banner');
  await expect(banner).toContainText('new-tree.yaml · not saved yet');
  await typeAfter(page, 'title: A new tree', ' of mine');
  await draft(page);
  await page.reload();
  await expect(banner).toContainText('new-tree.yaml · not saved yet');
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  expect((await saving).suggestedFilename()).toBe('new-tree.yaml');
  await expect(banner).toContainText('new-tree.yaml · saved');
});

test('the examples are the published trees, and each has a draft of its own', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', ' Really.');
  await page.getByRole('button', {name: 'Examples'}).click();
  const names = await page.getByRole('option').locator('.title').allInnerTexts();
  const trees = readdirSync(fileURLToPath(new URL('../../trees', import.meta.url))).filter((name) =>
    name.endsWith('.yaml'),
  );
  expect(names.map((name) => `${name}.yaml`).sort()).toEqual(trees.sort());
  await page.getByRole('option', {name: /^cave/}).click();
  await expect(chat(page).newest).not.toContainText('Hello!');
  await page.goto(STUDIO);
  await expect(source(page)).toContainText('A visitor visa fits. Really.');
});

test('where there is no room the oldest versions go, and it is said', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', ' One.');
  await page.getByRole('tab', {name: 'Versions'}).click();
  await page.getByRole('button', {name: 'Keep this version'}).click();
  await expect(page.getByText('This version is kept.')).toBeVisible();
  await expect(page.getByRole('region', {name: 'Versions'}).getByRole('listitem').first()).toContainText('kept by you');
  const before = (await keys(page)).filter((key) => key.includes('/snapshots/')).length;
  expect(before).toBeGreaterThan(0);
  await fillStorage(page);
  // More than is left where the name of one more filler has no room.
  await typeAfter(page, 'A visitor visa fits.', ' Two, and a good deal more than that.');
  await expect
    .poll(async () => (await keys(page)).filter((key) => key.includes('/snapshots/')).length)
    .toBeLessThan(before);
  await expect(page.getByText(/This browser has little room left: .* dropped\./)).toBeVisible();
  await page.keyboard.type('!');
  await expect(page.getByText(/This browser has little room left: .* dropped\./)).toBeVisible();
  await expect(page.getByText('Your draft stays in this browser.')).toBeVisible();
  await page.reload();
  await expect(source(page)).toContainText('A visitor visa fits. One. Two, and a good deal more than that.!');
});

test('where there is no room at all it is said, and a file can be saved', async ({page}) => {
  await withoutPickers(page);
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  await fillStorage(page);
  await typeAfter(page, 'A visitor visa fits.', ' Two.');
  await expect(page.getByText('This browser has no room left: your newest changes are lost')).toBeVisible();
  await expect(chat(page).turns).toHaveCount(1);
  await page.getByRole('tab', {name: 'Versions'}).click();
  await expect(page.getByRole('region', {name: 'Versions'})).toContainText('This browser has no room left');
  const saving = page.waitForEvent('download');
  await page.getByRole('region', {name: 'Versions'}).getByRole('button', {name: 'Save a file'}).click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toContain('A visitor visa fits. Two.');
  // Once there is room again, it is kept.
  await page.evaluate(() => localStorage.removeItem('filler0'));
  await typeAfter(page, 'A visitor visa fits.', ' Three.');
  await expect(page.getByText('Your draft stays in this browser.')).toBeVisible();
  await page.reload();
  await expect(source(page)).toContainText('A visitor visa fits. Two. Three.');
});

test('it is said that a browser may delete what is kept, and it can be asked not to', async ({page}) => {
  for (const granted of [true, false]) {
    await page.addInitScript((granted) => {
      Object.defineProperty(navigator.storage, 'persist', {value: async () => granted, configurable: true});
    }, granted);
    await page.goto(STUDIO);
    await page.reload();
    await page.getByRole('tab', {name: 'Versions'}).click();
    const versions = page.getByRole('region', {name: 'Versions'});
    await expect(versions).toContainText('A browser may delete what pages keep');
    await versions.getByRole('button', {name: 'Ask this browser not to delete them'}).click();
    await expect(
      page.getByText(granted ? 'This browser promises not to delete' : 'This browser promises nothing. Save a file'),
    ).toBeVisible();
  }
});

test('a draft that the browser deleted meanwhile is kept again at the next key', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', ' One.');
  await page.evaluate(() => localStorage.clear());
  await typeAfter(page, 'A visitor visa fits.', ' Two.');
  await page.reload();
  await expect(source(page)).toContainText('A visitor visa fits. One. Two.');
});

test('a file is opened by dropping it', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  const files = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['say: Dropped\n'], 'dropped.yaml'));
    return transfer;
  });
  await source(page).dispatchEvent('drop', {dataTransfer: files});
  await expect(chat(page).newest).toContainText('Dropped');
  await expect(page.getByRole('banner')).toContainText('dropped.yaml');
});

test('who leaves while nothing can be kept is asked first', async ({page}) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', ' Really.');
  const asked = page.waitForEvent('dialog');
  await Promise.all([page.close({runBeforeUnload: true}), asked.then((dialog) => dialog.accept())]);
  expect((await asked).type()).toBe('beforeunload');
});

test('what was typed just before the page goes is kept', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'travel: A visitor visa fits.', ' Yes');
  // In one task: no frame comes between the key and the end of the page.
  await page.evaluate(() => {
    document.execCommand('insertText', false, '!');
    queueMicrotask(() => queueMicrotask(() => location.reload()));
  });
  await expect(source(page)).toContainText('travel: A visitor visa fits. Yes!');
});
