import {chat, expect, keys, test} from './site';
import {STUDIO, toPane, typeAfter, withoutPickers} from './studio';

test('panes are sized by the keyboard, and the sizes are remembered', async ({page}) => {
  await page.goto(STUDIO);
  const line = page.getByRole('separator', {name: 'Width of the source'});
  const width = async () => (await page.getByRole('region', {name: 'Source', exact: true}).boundingBox())?.width ?? 0;
  const before = await width();
  expect(await keys(page), 'who only looks leaves nothing behind').toEqual([]);
  await line.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await width()).toBeLessThan(before - 20);
  await expect(line).toHaveAttribute('aria-valuenow', '33');
  await page.reload();
  await expect(page.getByRole('separator', {name: 'Width of the source'})).toHaveAttribute('aria-valuenow', '33');
  await page.getByRole('separator', {name: 'Width of the source'}).press('End');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('separator', {name: 'Width of the source'})).toHaveAttribute('aria-valuenow', '65');
});

test('every edge between panes is moved by keys, each in its direction', async ({page}) => {
  await page.goto(STUDIO);
  for (const [name, larger, smaller] of [
    ['Width of the source', 'ArrowRight', 'ArrowLeft'],
    ['Width of the preview', 'ArrowLeft', 'ArrowRight'],
    ['Height of the lower panes', 'ArrowUp', 'ArrowDown'],
  ] as const) {
    const line = page.getByRole('separator', {name});
    const pane = page.locator(`#${await line.getAttribute('aria-controls')}`);
    const size = async () => {
      const box = await pane.boundingBox();
      return (name.startsWith('Width') ? box?.width : box?.height) ?? 0;
    };
    const [before, value] = [await size(), Number(await line.getAttribute('aria-valuenow'))];
    await line.focus();
    await page.keyboard.press(larger);
    expect(await size(), name).toBeGreaterThan(before);
    await expect(line).toHaveAttribute('aria-valuenow', String(value + 2));
    await page.keyboard.press(smaller);
    await page.keyboard.press(smaller);
    expect(await size(), name).toBeLessThan(before);
    await page.keyboard.press('Home');
    await expect(line).toHaveAttribute('aria-valuenow', (await line.getAttribute('aria-valuemin')) ?? '');
    await page.reload();
    await expect(line).toHaveAttribute('aria-valuenow', (await line.getAttribute('aria-valuemin')) ?? '');
  }
});

test('a pane is sized by dragging its edge', async ({page}) => {
  await page.goto(STUDIO);
  const line = page.getByRole('separator', {name: 'Height of the lower panes'});
  const box = await line.boundingBox();
  if (!box) throw new Error('the line is not there');
  await page.mouse.move(box.x + 200, box.y);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y - 100, {steps: 4});
  await page.mouse.up();
  const after = await line.boundingBox();
  expect(after?.y).toBeGreaterThan(box.y - 110);
  expect(after?.y).toBeLessThan(box.y - 90);
});

test('sizes that make no sense are not taken', async ({page}) => {
  await page.addInitScript(() => localStorage.setItem('treebot/v1/studio/prefs', '{"start":900,"end":"x","theme":7}'));
  await page.goto(STUDIO);
  await expect(page.getByRole('separator', {name: 'Width of the source'})).toHaveAttribute('aria-valuenow', '37');
});

test('the palette finds commands by a few letters, and the keyboard is enough', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', {name: 'What to find'});
  await expect(field).toBeFocused();
  await page.keyboard.type('dark');
  await expect(page.getByRole('listbox').getByRole('option').first()).toHaveText(/Dark colours/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.cm-content')).toBeFocused();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(21, 23, 26)');
  await page.reload();
  await page.locator('.studio').waitFor();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(21, 23, 26)');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zzzz');
  await expect(page.getByText('Nothing is called that.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what the panes have buttons for is found by the palette, too', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  const command = async (words: string, title: RegExp) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await expect(page.getByRole('listbox').getByRole('option').first()).toHaveText(title);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await command('go to the outline', /^Go to the outline/);
  await expect(page.getByRole('tab', {name: 'Outline'})).toHaveAttribute('aria-selected', 'true');
  await command('preview as mess', /^Preview as Messenger/);
  await expect(page.getByRole('region', {name: 'Messenger'})).toBeVisible();
  await command('preview as web', /^Preview as Web/);
  await expect(page.getByRole('region', {name: 'Conversation'})).toBeVisible();
  await command('advice on', /^Advice, on or off/);
  await expect(page.getByRole('checkbox', {name: /^Advice, too/})).toBeChecked();
  const shown = async () => Number.parseInt(await page.locator('.legend .count').innerText(), 10);
  const first = await shown();
  await command('more levels', /^The map: show more levels/);
  await expect.poll(shown).toBeGreaterThan(first);
  await command('fewer levels', /^The map: show fewer levels/);
  await expect.poll(shown).toBe(first);
  const near = page.locator('.pane.map').getByRole('button', {name: 'Nearer'});
  const sight = () => page.locator('.pane.map svg.picture').getAttribute('viewBox');
  const before = await sight();
  await near.click();
  await expect.poll(sight).not.toBe(before);
  const nearer = await sight();
  await command('map fit', /^The map: fit all of it in/);
  await expect.poll(sight).not.toBe(nearer);
  await expect(page.locator('.pane.map [role="tree"]'), 'the focus is where the command leads').toBeFocused();
  await command('map as a list', /^The map as a list/);
  await expect(page.locator('.pane.map .outline.list')).toBeVisible();
});

test('while a dialog is open, the browser saves no page: the tree is saved', async ({page}) => {
  await withoutPickers(page);
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  await page.evaluate(() =>
    addEventListener('keydown', (event) => {
      if (event.key === 's') document.body.dataset.prevented = String(event.defaultPrevented);
    }),
  );
  for (const open of ['Control+k', 'F1']) {
    await page.keyboard.press(open);
    await expect(page.getByRole('dialog')).toBeVisible();
    const saving = page.waitForEvent('download');
    await page.keyboard.press('Control+s');
    expect((await saving).suggestedFilename()).toBe('first.yaml');
    await expect(page.locator('body')).toHaveAttribute('data-prevented', 'true');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('keys go to the panes, the problems and the shortcuts', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  await page.keyboard.press('Alt+1');
  const source = page.getByRole('textbox', {name: 'Source of the tree'});
  await expect(source).toBeFocused();
  await page.keyboard.press('Alt+3');
  await expect(chat(page).input).toBeFocused();
  // A question mark is a character where one types.
  await page.keyboard.type('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(chat(page).input).toHaveValue('?');
  await page.getByRole('button', {name: 'Keyboard shortcuts'}).focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', {name: 'Keyboard shortcuts'})).toContainText('Go to the next problem');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', {name: 'Keyboard shortcuts'})).toBeFocused();
  await typeAfter(page, 'How long do you need', '\n    nonsense: here');
  await page.keyboard.press('Alt+3');
  // The next one is further on, and the one before is the one just made.
  await page.keyboard.press('F8');
  await expect(source).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).not.toContain('nonsense');
  await page.keyboard.press('Shift+F8');
  expect(await page.evaluate(() => getSelection()?.toString())).toContain('nonsense');
});

test('a small screen shows one pane at a time', async ({page}) => {
  await page.setViewportSize({width: 360, height: 740});
  await page.goto(STUDIO);
  await expect(page.locator('.cm-content')).toBeVisible();
  await expect(chat(page).choices.first()).toBeHidden();
  await toPane(page, 'Preview');
  await expect(page.locator('.cm-content')).toBeHidden();
  await chat(page).choice('study').click();
  await expect(chat(page).newest).toContainText('How long');
  await toPane(page, 'Edit');
  await typeAfter(page, 'How long do you need', '\n    nonsense: here');
  await expect(page.getByRole('navigation', {name: 'Panes'}).getByRole('button', {name: 'Problems'})).toContainText(
    '6',
  );
  await toPane(page, 'Problems');
  await page
    .getByRole('button', {name: /nonsense/})
    .first()
    .click();
  await expect(page.locator('.cm-content')).toBeFocused();
});

test.describe('with a finger', () => {
  test.use({hasTouch: true, viewport: {width: 360, height: 740}});
  test('another pane is shown without a keyboard over it', async ({page}) => {
    await page.goto(STUDIO);
    const panes = page.getByRole('navigation', {name: 'Panes'});
    for (const name of ['Preview', 'Edit', 'Preview']) {
      const button = panes.getByRole('button', {name});
      await button.tap();
      await expect(button).toHaveAttribute('aria-pressed', 'true');
      await expect(page.locator('input:focus, textarea:focus, [contenteditable]:focus')).toHaveCount(0);
    }
    await panes.getByRole('button', {name: 'Edit'}).press('Enter');
    await expect(page.locator('.cm-content')).toBeFocused();
  });
});
