import {chat, expect, FIRST, FIRST_KEY, stored, test} from './site';
import {draftOf, STUDIO, typeAfter} from './studio';

test('an edit in the middle of a conversation keeps the place, at every keystroke', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, choices, newest, turns} = chat(page);
  await choice('study').click();
  await expect(newest).toContainText('up to 6 months or more than 6 months?');
  await typeAfter(page, 'How long do you need', '');
  let typed = '';
  for (const key of ' Say it') {
    await page.keyboard.type(key);
    typed += key;
    await expect(newest).toContainText(`more than 6 months?${typed}`.trimEnd());
    await expect(turns).toHaveCount(3);
    await expect(turns.nth(1)).toContainText('study');
  }
  await expect(page.getByText('Kept your conversation (1 of 1 answer).')).toBeVisible();
  await choice('more than 6 months').click();
  await expect(newest).toContainText('A long-term study visa fits.');

  // An answer before it is added, and another's words are changed: the place is still the same.
  await typeAfter(page, 'answers:', '\n  swim: No visa is needed for that.');
  await expect(newest).toContainText('A long-term study visa fits.');
  await typeAfter(page, 'A long-term study visa fits.', ' Well done.');
  await expect(newest).toContainText('Well done.');
  await choice('Start again').click();
  await expect(choices).toHaveCount(8);
});

test('while the source does not load the last tree runs on', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, newest} = chat(page);
  await choice('study').click();
  await typeAfter(page, 'How long do you need', '\n    nonsense: here');
  await expect(page.getByText('The source has errors. This is its last version that works.')).toBeVisible();
  await expect(page.getByRole('region', {name: 'Problems'})).toContainText('nonsense');
  await expect(page.locator('.cm-lintRange-error', {hasText: 'nonsense'})).toBeVisible();
  await choice('more than 6 months').click();
  await expect(newest).toContainText('A long-term study visa fits.');
  await page.getByRole('region', {name: 'Problems'}).getByRole('button').first().click();
  await expect(page.getByRole('textbox', {name: 'Source of the tree'})).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('The source has errors.')).toHaveCount(0);
  await expect(page.getByRole('region', {name: 'Problems'})).not.toContainText('nonsense');
  await expect(newest).toContainText('A long-term study visa fits.');
});

test('an answer that is taken away is asked again, and found again when it is back', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, newest} = chat(page);
  await choice('study').click();
  await choice('more than 6 months').click();
  await page.locator('.cm-line', {hasText: 'more than 6 months: A long-term'}).click();
  // The line is broken, so one press goes to the beginning of its last part only.
  await page.keyboard.press('Home');
  await page.keyboard.press('Home');
  await page.keyboard.type('x');
  await expect(newest).toContainText('How long do you need to stay?');
  await page.keyboard.press('Backspace');
  await expect(newest).toContainText('A long-term study visa fits.');
});

test('a draft and its preview are there after a reload, apart from the visitors', async ({page}) => {
  await page.goto(FIRST);
  await chat(page).choice('travel').click();
  const visitor = await stored(page, FIRST_KEY);
  await page.goto(STUDIO);
  await expect(chat(page).turns).toHaveCount(1);
  await typeAfter(page, 'How long do you need', ' Please say.');
  await chat(page).choice('study').click();
  await page.reload();
  await expect(chat(page).newest).toContainText('Please say.');
  await expect(page.locator('.cm-content')).toContainText('Please say.');
  expect(await stored(page, FIRST_KEY)).toBe(visitor);
});

test('a draft changed in another tab is offered, never taken', async ({context}) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(STUDIO);
  await two.goto(STUDIO);
  await expect(chat(two).choices).toHaveCount(7);
  await typeAfter(one, 'A visitor visa fits.', ' Really.');
  await expect(two.getByText('The draft was changed in another tab.')).toBeVisible();
  await expect(two.locator('.cm-content')).not.toContainText('Really.');
  await two.getByRole('button', {name: 'Show that one here'}).click();
  await expect(two.locator('.cm-content')).toContainText('Really.');
  await expect(two.getByText('The draft was changed in another tab.')).toHaveCount(0);
});

test('who writes over the draft of another tab puts it among the versions first', async ({context}) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(STUDIO);
  await two.goto(STUDIO);
  await expect(chat(two).choices).toHaveCount(7);
  await typeAfter(one, 'A visitor visa fits.', ' Much work.');
  await expect(two.getByText('The draft was changed in another tab.')).toBeVisible();
  await one.close();
  await typeAfter(two, 'A visitor visa fits.', ' A key.');
  await two.getByRole('tab', {name: 'Versions'}).click();
  const versions = two.getByRole('region', {name: 'Versions'}).getByRole('listitem');
  await expect(two.getByText('The draft was changed in another tab.')).toBeVisible();
  await two.getByRole('button', {name: 'Go on with this one'}).click();
  await expect(two.getByText('The draft was changed in another tab.')).toHaveCount(0);
  await versions
    .filter({hasText: 'before something else took its place'})
    .first()
    .getByRole('button', {name: /Bring it back/})
    .click();
  await expect(two.locator('.cm-content')).toContainText('A visitor visa fits. Much work.');
});

test('a draft whose published tree is not there any more is opened all the same', async ({page, watched}) => {
  watched.allowErrors();
  await draftOf(page, 'say: Mine?\nanswers: {a: b, c: d}\n');
  await page.route('**/trees/first.*', (route) => route.fulfill({status: 404, body: ''}));
  await page.goto(STUDIO);
  await expect(chat(page).newest).toContainText('Mine?');
  await expect(page.getByText('The published tree did not come; this is your draft.')).toBeVisible();
});

test('a draft with errors is opened over its last version that works', async ({page}) => {
  await page.goto(STUDIO);
  await chat(page).choice('study').click();
  await typeAfter(page, 'How long do you need', '\nnonsense: here');
  await expect(page.getByText('This is its last version that works.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('This is its last version that works.')).toBeVisible();
  await expect(chat(page).newest).toContainText('How long do you need to stay?');
});

test('Tab leaves the editor', async ({page}) => {
  await page.goto(STUDIO);
  const editor = page.getByRole('textbox', {name: 'Source of the tree'});
  await editor.focus();
  await page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();
});

test('blocked storage does not stop the Studio', async ({page}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', ' Really.');
  await chat(page).choice('travel').click();
  await expect(chat(page).newest).toContainText('Really.');
  await expect(page.getByText('your draft is lost when you close it')).toBeVisible();
});
