import type {Page} from '@playwright/test';
import {expect, overflow, test, violations} from './site';
import {STUDIO, toPane} from './studio';

/** The phone. */
function phone(page: Page) {
  const screen = page.getByRole('region', {name: 'Messenger'});
  return {
    screen,
    bubbles: screen.getByRole('listitem'),
    quick: screen.getByRole('group', {name: 'Quick replies'}).getByRole('button'),
    buttons: screen.locator('.template').getByRole('button'),
    limits: page.getByRole('list', {name: 'Limits of Messenger'}).getByRole('button'),
    say: page.getByRole('textbox', {name: 'Message'}),
  };
}

async function openPhone(page: Page, source?: string): Promise<void> {
  if (source !== undefined) {
    await page.addInitScript((source) => localStorage.setItem('treebot/v1/studio-first/draft', source), source);
  }
  await page.goto(STUDIO);
  await toPane(page, 'Preview');
  await page.getByRole('combobox', {name: 'Preview as'}).selectOption('Messenger');
  await expect(phone(page).screen).toBeVisible();
}

test('buttons stay, quick replies go, and labels that are too long become a numbered list', async ({page}) => {
  await openPhone(page);
  const {bubbles, quick, buttons, limits, say} = phone(page);
  // 30 characters is more than a button shows: the whole question becomes a numbered list.
  await expect(bubbles.last()).toContainText('6. visiting a child');
  await expect(quick).toHaveText(['1', '2', '3', '4', '5', '6', '7']);
  await expect(limits).toHaveText([
    /`join family\/get married` has 23 characters and a button shows 20/,
    /`diplomatic or government visit` has 30 characters and a button shows 20/,
  ]);
  await limits.first().click();
  await expect(page.locator('.cm-activeLine')).toContainText('join family/get married');
  await quick.nth(1).click();
  // A phone says what stood on it.
  await expect(bubbles.nth(1).locator('p')).toHaveText('2');
  await expect(buttons).toHaveText(['up to 6 months', 'more than 6 months']);
  await expect(quick).toHaveCount(0);
  await expect(limits).toHaveCount(0);
  // What is not understood.
  await say.fill('bananas');
  await say.press('Enter');
  await expect(bubbles.filter({hasText: 'bananas'})).toHaveCount(1);
  await expect(bubbles.last()).toContainText("Sorry, I didn't understand");
  await buttons.last().click();
  await expect(bubbles.last()).toContainText('A long-term study visa fits.');
  await expect(quick).toHaveText(['Start again']);
  // The Web preview is the same conversation.
  await page.getByRole('combobox', {name: 'Preview as'}).selectOption('Web');
  await expect(page.getByRole('region', {name: 'Conversation'})).toContainText('A long-term study visa fits.');
});

test('all that was said stays in the thread, and of each message it is told why', async ({page}) => {
  await openPhone(page);
  const {bubbles, quick, screen, say} = phone(page);
  for (const text of ['zzz', 'yyy']) {
    await say.fill(text);
    await say.press('Enter');
    await expect(bubbles.filter({hasText: text})).toHaveCount(1);
  }
  await quick.nth(1).click();
  await say.fill('6 months');
  await say.press('Enter');
  await expect(bubbles.last()).toContainText('A short-term study visa fits.');
  await expect(screen.locator('.mine > p')).toHaveText(['zzz', 'yyy', '2', '6 months']);
  await expect(bubbles.filter({hasText: "Sorry, I didn't understand"})).toHaveCount(2);
  const why = screen.locator('.why');
  await bubbles.filter({hasText: 'zzz'}).getByRole('button', {name: 'Why?'}).click();
  await expect(why).toContainText('No rule fits');
  await bubbles.last().getByRole('button', {name: 'Why?'}).click();
  await expect(why).toContainText('It answers ‘6 months’.');
  await expect(why.getByRole('listitem')).toHaveText([/^more than 6 months: /]);
  expect(await violations(page)).toEqual([]);
});

test('a long list comes in pages, and More shows the next', async ({page}) => {
  const answers = Array.from({length: 20}, (_, n) => `  'number ${n + 1}': You took ${n + 1}.`);
  await openPhone(page, `say: Which?\nanswers:\n${answers.join('\n')}\n`);
  const {bubbles, quick, limits} = phone(page);
  await expect(quick).toHaveCount(13);
  await expect(limits).toHaveText([/There are 20 answers and Messenger shows 13: they come in pages of 12/]);
  await quick.last().click();
  await expect(quick.first()).toHaveText('number 13');
  await quick.nth(3).click();
  await expect(bubbles.last()).toContainText('You took 16.');
});

test('long texts are split, and what goes out can be read', async ({page}) => {
  const long = (words: number) => 'Word after word. '.repeat(words / 3).trim();
  await openPhone(page, `say: ['${long(450)}', '${long(180)}']\nanswers: {yes: Well then., no: Well.}\n`);
  const {bubbles, buttons, quick, limits} = phone(page);
  await expect(bubbles).toHaveCount(3);
  await expect(buttons).toHaveCount(0);
  await expect(quick).toHaveText(['yes', 'no']);
  await expect(limits).toHaveText([/a message takes 2000: it is split/, /buttons stand under 640 at most/]);
  await page.getByText('What is sent').click();
  await expect(page.locator('.bodies pre')).toHaveCount(3);
  await expect(page.locator('.bodies pre').last()).toContainText('"quick_replies"');
});

test('a message is looked at by a press or by keys: source and map show where it is from', async ({page}) => {
  await openPhone(page);
  const {bubbles, quick, screen} = phone(page);
  const line = page.locator('.cm-activeLine');
  const status = page.locator('.status [role="status"]');
  const selected = page.locator('.pane.map .node.selected');
  await quick.nth(1).click();
  await expect(bubbles).toHaveCount(3);
  await bubbles.nth(0).locator('p').click();
  await expect(line).toContainText('Hello! Why do you want');
  await expect(status).toHaveText(/^This is from line \d+ of the source\.$/);
  await expect(selected).toContainText('start');
  await expect(bubbles.nth(0)).toHaveAttribute('data-looked', '');
  await expect(bubbles.nth(0)).toHaveAttribute('aria-current', 'true');
  await bubbles.nth(1).locator('p').click();
  await expect(line).toContainText('study:');
  await expect(selected).toContainText('study');
  // With buttons under it, too.
  await bubbles.nth(2).locator('p').click();
  await expect(line).toContainText('How long do you need to stay?');
  await expect(bubbles.nth(2)).toHaveAttribute('data-looked', '');
  await expect(bubbles.nth(0)).not.toHaveAttribute('data-looked');
  await screen.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(line).toContainText('study:');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(line).toContainText('Hello! Why do you want');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(line).toContainText('study:');
  await expect(screen).toBeFocused();
  // And the other way round.
  await page.locator('.cm-line', {hasText: 'Hello! Why do you want'}).click();
  await expect(bubbles.nth(0)).toHaveAttribute('data-looked', '');
});

test('the phone follows every keystroke', async ({page}) => {
  await openPhone(page);
  await page.locator('.cm-line', {hasText: 'Hello!'}).click({position: {x: 3, y: 8}});
  await page.keyboard.press('Home');
  for (let n = 0; n < 'say: '.length; n++) await page.keyboard.press('ArrowRight');
  let typed = '';
  for (const key of 'Well now ') {
    await page.keyboard.type(key);
    typed += key;
    await expect(phone(page).bubbles.first()).toContainText(typed.trim());
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing on the phone, ${colorScheme}, ${width} px`, async ({page}) => {
      await page.emulateMedia({colorScheme});
      await page.setViewportSize({width, height: 720});
      await openPhone(page);
      expect(await violations(page), 'quick replies').toEqual([]);
      await phone(page).quick.nth(1).click();
      expect(await violations(page), 'buttons').toEqual([]);
      expect(await overflow(page)).toBe(0);
    });
  }
}
