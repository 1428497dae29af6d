import type {Page} from '@playwright/test';
import {chat, expect, keys, test, violations} from './site';
import {STUDIO, typeAfter} from './studio';

const dialog = (page: Page) => page.getByRole('dialog', {name: 'Share'});

/** The text of a form of the link. */
async function form(page: Page, name: string): Promise<string> {
  return dialog(page)
    .getByRole('textbox', {name: new RegExp(`^${name}`)})
    .inputValue();
}

async function openShare(page: Page): Promise<void> {
  await page.getByRole('button', {name: 'Share', exact: true}).click();
  await expect(dialog(page)).toBeVisible();
}

/** A link that must open for ever: never change it. */
const GOLDEN =
  './studio.html#share=1nZk9DoIwFMdx5RSEGUkEEhMXBhcPQOLk4CRoQrVYEY1H8Ay6O3sCL-QRfO-1pG3K5Eo_3v99hN9rO3p6nqf-dMXntQ6-j_vbpwUFXBsyrvqU3Dd2hpsXw6klMgpOC7vcci-4UqDCBVRkhEskzHBiHEYUMxyiEoGCjTFy0tZMNzWY7fhf9lU1vMqPJy7DqDu3abjvypZdjm3DFUdOZSqSTSYOiUUUOygOL6XJxDUJ_g-QU34lnJFtMtqDDQcV20QzPVdKGN9mHZzYKtpEC9NZ0KJSU1TqiqrZgKaauZLmZK9XQepompKoVVgZRSGr2w9hzrpK';

test('a link with the conversation shows the same conversation in a fresh browser', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto(STUDIO);
  const one = chat(page);
  await one.choice('study').click();
  await one.type('bananas');
  await one.choice('more than 6 months').click();
  const fresh = await browser.newContext({baseURL: baseURL ?? '', reducedMotion: 'reduce'});
  // As it was said; and, after an edit, as the author sees it then.
  for (const edit of ['', ' Well done.']) {
    if (edit !== '') await typeAfter(page, 'A long-term study visa fits.', edit);
    await expect(one.newest).toContainText(edit.trim() || 'A long-term study visa fits.');
    await openShare(page);
    await page.getByRole('checkbox', {name: 'With this conversation'}).check();
    const link = await form(page, 'Link');
    expect(link).toContain('studio.html#share=1');
    await page.keyboard.press('Escape');

    const other = await fresh.newPage();
    await other.goto(link);
    const two = chat(other);
    await expect(two.newest).toContainText(edit.trim() || 'A long-term study visa fits.');
    const said = await two.said();
    expect(said).toEqual(await one.said());
    if (edit === '') expect(said.join('\n')).toContain('bananas');
    await expect(other.locator('.cm-content')).toContainText(`A long-term study visa fits.${edit}`);
    await two.choice('Start again').click();
    await expect(two.choices).toHaveCount(7);
    expect(await keys(other), 'nothing is kept of it').toEqual([]);
  }
  await fresh.close();
});

test('the conversation of a source with errors comes along, over its last version that works', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto(STUDIO);
  const one = chat(page);
  await one.choice('study').click();
  await one.choice('more than 6 months').click();
  await typeAfter(page, 'answers:', '');
  await page.keyboard.insertText('\n  swim:\n    sey: Bring a towel.');
  await expect(page.getByText('The source has errors. This is its last version that works.')).toBeVisible();
  await openShare(page);
  await expect(dialog(page)).toContainText('Whoever opens it has no conversation until they are mended.');
  await page.getByRole('checkbox', {name: 'With this conversation'}).check();
  await expect(dialog(page)).toContainText('The conversation goes on over the last version that works');
  const link = await form(page, 'Link');
  const fresh = await browser.newContext({baseURL: baseURL ?? '', reducedMotion: 'reduce'});
  const other = await fresh.newPage();
  await other.goto(link);
  const two = chat(other);
  await expect(two.newest).toContainText('A long-term study visa fits.');
  expect(await two.said()).toEqual(await one.said());
  await expect(other.locator('.cm-content')).toContainText('sey: Bring a towel.');
  await expect(other.getByText('The source has errors. This is its last version that works.')).toBeVisible();
  // Once they are mended the conversation is where it was.
  await other.locator('.cm-line', {hasText: 'sey:'}).click();
  await other.keyboard.press('Home');
  await other.keyboard.press('Shift+ArrowRight');
  await other.keyboard.press('Shift+ArrowRight');
  await other.keyboard.press('Shift+ArrowRight');
  await other.keyboard.insertText('say');
  await expect(other.getByText('The source has errors.')).toHaveCount(0);
  await expect(two.newest).toContainText('A long-term study visa fits.');
  await fresh.close();
});

test('without the conversation nothing of it is in the link', async ({page}) => {
  await page.goto(STUDIO);
  await chat(page).type('study my private words');
  await openShare(page);
  const link = await form(page, 'Link');
  await page.getByRole('checkbox', {name: 'With this conversation'}).check();
  expect((await form(page, 'Link')).length).toBeGreaterThan(link.length);
  const other = await page.context().newPage();
  await other.goto(link);
  await expect(chat(other).turns).toHaveCount(1);
});

test('a shared tree never overwrites a draft', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', ' My own words.');
  await expect(page.locator('.cm-content')).toContainText('My own words.');
  const before = await page.evaluate(() => JSON.stringify(localStorage));
  await page.goto(GOLDEN);
  await expect(page.getByText('A shared tree.')).toBeVisible();
  await typeAfter(page, 'Tea or coffee?', ' Or milk?');
  await expect(chat(page).turns.first()).toContainText('Or milk?');
  await chat(page).choice('Start again').click();
  await chat(page).choice('tea').click();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe(before);
  await page.getByRole('link', {name: 'Your own draft'}).click();
  await page.goto(STUDIO);
  await expect(page.locator('.cm-content')).toContainText('My own words.');
});

test('a link that was made long ago opens, with its conversation', async ({page}) => {
  await page.goto(GOLDEN);
  await expect(page.locator('.cm-content')).toContainText('title: Tëa 🍵');
  await expect(chat(page).newest).toContainText('Here you are.');
  expect((await chat(page).said()).join('\n')).toContain('With milk?');
});

const HOSTILE: [string, string, RegExp][] = [
  ['nothing at all', '', /The end of this link is missing/],
  ['what is no base64', '1%3Cscript%3E', /characters that do not belong there/],
  ['a cut link', GOLDEN.slice(GOLDEN.indexOf('1n'), -60), /The end of this link is missing/],
  ['a later version', '2AAAA', /made by a newer version/],
  ['a changed link', `${GOLDEN.slice(GOLDEN.indexOf('1n'), -9)}AAAAAAAAA`, /This link is damaged|end of this link/],
  ['more than a link may have', `1${'A'.repeat(70_000)}`, /longer than any that is made here/],
];

for (const [what, text, message] of HOSTILE) {
  test(`${what} is refused in words`, async ({page}) => {
    await page.goto(`./studio.html#share=${text}`);
    await expect(page.getByRole('heading', {name: 'This link could not be opened'})).toBeVisible();
    await expect(page.getByRole('alert')).toHaveText(message);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', {name: 'Open the Studio without it'}).click();
    await expect(page.locator('.cm-content')).toBeVisible();
    await page.reload();
    await expect(page.locator('.cm-content')).toBeVisible();
    expect(await keys(page)).toEqual([]);
  });
}

test('a bomb is refused before it is unpacked', async ({page}) => {
  await page.goto(STUDIO);
  await expect(page.locator('.cm-content')).toBeVisible();
  // Half a gigabyte of zeros, packed as a browser does it; without a check, which nobody comes to.
  const bomb = await page.evaluate(async () => {
    const packer = new CompressionStream('deflate-raw');
    const writer = packer.writable.getWriter();
    const zeros = new Uint8Array(1 << 20);
    const packed = new Response(packer.readable).arrayBuffer();
    for (let n = 0; n < 40; n++) await writer.write(zeros);
    await writer.close();
    const bytes = new Uint8Array(await packed);
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  });
  expect(bomb.length).toBeLessThan(64_000);
  const begun = Date.now();
  await page.goto('about:blank');
  await page.goto(`./studio.html#share=1${bomb}`);
  await expect(page.getByRole('alert')).toHaveText(/larger than a tree may be/);
  expect(Date.now() - begun).toBeLessThan(15_000);
});

test('what a shared tree says is text, whatever it looks like', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  await page.keyboard.insertText(
    `title: '${hostile}'\nsay: '${hostile} [x](javascript:document.title=3)'\nanswers: {'<b>': y}\n`,
  );
  await expect(chat(page).newest).toContainText('<script>');
  await openShare(page);
  const link = await form(page, 'Link');
  expect(await form(page, 'Markdown')).toContain('\\<script\\>');
  expect(await form(page, 'Embed snippet')).toContain('&lt;script&gt;');
  const other = await page.context().newPage();
  await other.goto(link);
  await expect(chat(other).newest).toContainText(hostile);
  expect(await other.locator('.studio img, .studio script, a[href^="javascript"]').count()).toBe(0);
  await expect(other.locator('.pane.map .title', {hasText: '<b>'})).toBeVisible();
  expect(await other.title()).not.toMatch(/^\d/);
});

test('too much for a link is said, and the file is offered', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  // Words in no order: nothing repeats.
  const words = Array.from({length: 9000}, (_, n) =>
    Math.abs(Math.sin(n + 1))
      .toString(36)
      .slice(2, 10),
  );
  await page.keyboard.insertText(`say: Hi\nabout: ${words.join(' ')}\n`);
  await openShare(page);
  await expect(dialog(page).getByRole('alert')).toContainText('Send the file instead.');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', {name: 'Save the file'}).click(),
  ]);
  expect(file.suggestedFilename()).toBe('first.yaml');
});

test('every form is copied by keyboard, and axe finds nothing', async ({page, context}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(STUDIO);
  await expect(page.locator('.cm-content')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('share');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  for (const name of ['Link', 'Markdown', 'Embed snippet']) {
    await dialog(page)
      .getByRole('button', {name: `Copy: ${name}`})
      .focus();
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByText('Copied').first()).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await form(page, name));
  }
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
});

test('the embed snippet shows the conversation alone', async ({page}) => {
  await page.goto(`${GOLDEN}&only=preview`);
  await expect(chat(page).newest).toContainText('Here you are.');
  await expect(page.locator('.cm-content')).toHaveCount(0);
  await chat(page).choice('Start again').click();
  await chat(page).choice('coffee').click();
  await expect(chat(page).newest).toContainText('There is none.');
  expect(await violations(page)).toEqual([]);
  expect(await keys(page)).toEqual([]);
});
