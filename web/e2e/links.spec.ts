// Addresses come from anywhere: what they ask for is a place of this tree, or it is said that it is none.

import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {chat, expect, FIRST, FIRST_KEY, publish, stored, test} from './site';

test.describe('addresses that lead nowhere', () => {
  for (const [name, place, words] of [
    ['nothing', '', 'is damaged'],
    ['junk', 'junk', 'is damaged'],
    ['markup', '%3Cimg%20src%3Dx%20onerror%3D%22window.ran%3D1%22%3E', 'is damaged'],
    ['a script', 'javascript:window.ran=1', 'is damaged'],
    ['a path', '../../etc/passwd', 'is damaged'],
    ['a null', '1%00aaaa', 'is damaged'],
    ['broken escapes', '%E0%A4%A', 'is damaged'],
    ['something giant', '1'.repeat(200_000), 'is damaged'],
    ['a code that was cut', '1abcdeAabc', 'is damaged'],
    ['a newer version', '2abcdeAabcde', 'is of a newer version'],
    ['another tree', '1zzzzzAzzzzz', 'does not have'],
  ] as const) {
    test(`${name}: the visitor is told, and nothing else happens`, async ({page}) => {
      await page.goto(FIRST);
      await chat(page).choice('study').click();
      const before = await stored(page, FIRST_KEY);
      await page.goto('about:blank');
      await page.goto(`${FIRST}&p=${place}`);
      await expect(page.getByText(words)).toBeVisible();
      await expect(chat(page).newest).toContainText('How long do you need to stay?');
      expect(await stored(page, FIRST_KEY)).toBe(before);
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      expect(new URL(page.url()).hash).toBe('#tree=first');
    });
  }
});

// The engine's golden files: codes of the first version, each with where it led in the tree that it was made for, and where
// it leads in that tree after an edit.
for (const [which, source, column] of [
  ['the tree that they were made for', 'places-v1.yaml', 1],
  ['that tree after an edit', 'places-v1-edited.yaml', 2],
] as const) {
  test(`codes that were given out long ago still lead where they should, in ${which}`, async ({page}) => {
    test.setTimeout(120_000);
    const golden = (name: string) =>
      readFileSync(fileURLToPath(new URL(`../../engine/tests/golden/${name}`, import.meta.url)), 'utf8');
    const rows = golden('places-v1.txt').split('\n').filter(Boolean);
    expect(rows.length).toBeGreaterThan(15);
    await publish(page, golden(source), 'golden-places');
    for (const row of rows) {
      const fields = row.split('  ');
      const words = fields[column]?.split(': ').slice(1).join(': ') ?? 'nowhere';
      await page.goto('about:blank');
      await page.goto(`./#tree=golden-places&p=${fields[0]}`);
      await expect(chat(page).newest, row).toContainText(words);
      await page.evaluate(() => localStorage.clear());
    }
  });
}

test('a link asks before the place where the tree has changed since', async ({page}) => {
  const before = '{say: Tea?, answers: {green: {say: Hot?, answers: {very: Careful., a bit: Here.}}, none: Bye.}}';
  await publish(page, before);
  await page.goto(FIRST);
  await chat(page).choice('green').click();
  const {newest, choice} = chat(page);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {value: undefined});
  });
  await page.getByRole('checkbox', {name: 'with my answers'}).check();
  await choice('Copy link').click();
  const link = await page.getByRole('textbox', {name: 'Link'}).inputValue();
  await choice('Clear').click();
  await page.unroute('**/trees/first.tree');
  await publish(page, before.replace('green', 'black'));
  await page.goto('about:blank');
  await page.goto(link);
  await expect(newest).toContainText('Tea?');
  await expect(chat(page).choices).toHaveText([/black/, /none/]);
});

test('following a link leaves an earlier conversation one press away', async ({page}) => {
  const tree = '{say: Tea?, answers: {green: {say: Hot?, answers: {very: Careful., a bit: Here.}}, none: Bye.}}';
  await publish(page, tree);
  await page.goto(FIRST);
  const {choice, choices, newest} = chat(page);
  await choice('none').click();
  const end = await newest.innerText();
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {value: undefined});
  });
  await choice('Start again').click();
  await choice('green').click();
  await page.getByRole('checkbox', {name: 'with my answers'}).check();
  await choice('Copy link').click();
  const link = await page.getByRole('textbox', {name: 'Link'}).inputValue();
  await choice('Start again').click();
  await choice('none').click();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(newest).toContainText('Hot?');
  await choice('Undo').click();
  await expect(newest).toContainText('Bye.');
  expect(await newest.innerText()).toContain(end.split('\n')[1] ?? 'Bye.');
  await expect(choices).toHaveCount(0);
});

test('the text of a tree is never run, and only safe links are links', async ({page}) => {
  const say =
    '<img src=x onerror="window.ran=1"> [a](javascript:window.ran=1) [b](https://www.gov.uk) [c](data:text/html,x)';
  await publish(
    page,
    `title: <script>window.ran=1</script>\nabout: <b onclick=x>\nsay: '${say}'\nanswers:\n  <b>bold</b>: 'Done <i>. [x](https://www.gov.uk@evil.example/) [y](vbscript:1)'\n`,
  );
  await page.goto(FIRST);
  const {newest, choice} = chat(page);
  await expect(newest).toContainText('<img src=x');
  await expect(newest.getByRole('link')).toHaveCount(1);
  await expect(page).toHaveTitle('<script>window.ran=1</script>');
  await choice('<b>bold</b>').click();
  const sources = newest.getByRole('list', {name: 'Read on'}).getByRole('link');
  await expect(sources).toHaveCount(1);
  await expect(sources).toContainText('evil.example');
  await chat(page).type('<svg onload=window.ran=1> [z](https://evil.example)');
  await expect(page.locator('.turn.you').last().getByRole('link')).toHaveCount(0);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});

test('a tree of the longest words breaks nothing', async ({page}) => {
  const long = 'x'.repeat(3000);
  await publish(page, `title: ${long}\nsay: ${long}\nanswers:\n  ${'y'.repeat(300)}: ${long}\n  b: c\n`);
  await page.setViewportSize({width: 320, height: 640});
  await page.goto(FIRST);
  await chat(page).choices.first().click();
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBe(0);
});
