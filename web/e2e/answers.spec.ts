import {readFileSync} from 'node:fs';
import {chat, expect, FIRST, publish, test} from './site';

const VISAS = `
title: Visas
about: Checked on 1 May 2026.
say: Why do you come?
answers:
  study: {id: level, say: Which level?, answers: {school: {goto: stay}, college: {goto: stay}}}
  work: {id: job, say: Which job?, answers: {cook: {goto: stay}, nurse: {goto: stay}}}
  visit: {goto: stay}
nodes:
  stay: {say: How long?, answers: {short: {goto: passport}, long: {goto: passport}}}
  passport:
    say: Which passport?
    answers:
      red: A red visa fits. It lasts a year. See [red visas](https://www.gov.uk/red) or [call](tel:+44123).
      blue: Nothing is needed.
`;

test.describe('with a tree of several ways to one question', () => {
  test.beforeEach(async ({page}) => {
    await page.setViewportSize({width: 1280, height: 800});
    await publish(page, VISAS);
    await page.goto(FIRST);
  });

  test('the answers stand beside the conversation, and each can be changed', async ({page}) => {
    const {answers, choice, newest} = chat(page);
    await expect(answers.getByText('You can change any of them.')).toBeVisible();
    for (const label of ['study', 'school', 'short', 'red']) await choice(label).click();
    await expect(answers.getByRole('listitem')).toHaveText([
      /Why do you come\?\s*study/,
      /Which level\?\s*school/,
      /How long\?\s*short/,
      /Which passport\?\s*red/,
    ]);
    await answers.getByRole('button', {name: 'Change your answer to ‘Why do you come?’'}).click();
    const asked = page.getByRole('group', {name: 'Why do you come?'});
    await expect(asked).toBeFocused();
    await asked.getByRole('button', {name: 'visit'}).click();
    await expect(
      page.getByText('Your answer is ‘visit’ now. Kept 2 answers after it. ‘school’ no longer applies.'),
    ).toBeVisible();
    await expect(newest.getByRole('heading', {name: 'A red visa fits.'})).toBeVisible();
    await expect(answers.getByRole('listitem')).toHaveCount(3);

    await choice('Undo').click();
    await expect(answers.getByRole('listitem')).toHaveCount(4);
    await page.reload();
    await expect(answers.getByRole('listitem')).toHaveCount(4);
  });

  test('an answer can be changed from where it was said, by typing, and left as it is', async ({page}) => {
    const {answers, choice, newest, type} = chat(page);
    for (const label of ['study', 'school', 'short']) await choice(label).click();
    const said = page.locator('.turn.you').nth(1).getByRole('button', {name: 'Change your answer to ‘Which level?’'});
    await said.click();
    await expect(page.getByRole('group', {name: 'Which level?'})).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('group', {name: 'Which passport?'})).toBeFocused();
    await said.click();
    await page.getByRole('button', {name: 'Keep ‘school’'}).click();
    await expect(answers.getByRole('listitem')).toHaveCount(3);
    await said.click();
    await page.getByRole('textbox', {name: 'Your new answer'}).fill('zebra');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText("didn't understand");
    await page.getByRole('textbox', {name: 'Your new answer'}).fill('I go to college');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Your answer is ‘college’ now. Kept 1 answer after it.')).toBeVisible();
    await expect(newest).toContainText('Which passport?');
    await type('back');
    await expect(newest).toContainText('How long?');
  });

  test('typing narrows the answers down and says what it would do', async ({page}) => {
    const {choices, input, newest} = chat(page);
    const hint = page.locator('.hint');
    await input.fill('v');
    await expect(choices).toHaveText([/visit/]);
    await expect(choices.locator('u')).toHaveText('v');
    await expect(hint).toHaveText('1 answer may be meant.');
    await input.fill('I want to study');
    await expect(hint).toHaveText('Send takes this as ‘study’.');
    await expect(choices).toHaveCount(1);
    await input.fill('study or work');
    await expect(hint).toHaveText('More than one answer may fit: Send asks which.');
    await expect(choices).toHaveCount(2);
    await input.fill('zebra');
    await expect(hint).toHaveText('No answer fits so far. You can send it all the same.');
    await expect(choices).toHaveCount(3);
    await input.fill('');
    await expect(hint).toBeEmpty();
    await input.fill('wo');
    await choices.first().click();
    await expect(newest).toContainText('Which job?');
    await expect(input).toHaveValue('');
  });

  test('an end is a card: what fits, why, where to read on, and how old that is', async ({page}) => {
    const {choice, newest} = chat(page);
    for (const label of ['visit', 'long', 'red']) await choice(label).click();
    const sources = newest.getByRole('list', {name: 'Read on'}).getByRole('link');
    await expect(sources).toHaveText([/red visas\s*www\.gov\.uk/, /call\s*\+44123/]);
    await expect(sources.first()).toHaveAttribute('href', 'https://www.gov.uk/red');
    await expect(sources.first()).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(newest).toContainText('It lasts a year.');
    await expect(newest.getByText('Why do you come? visit')).toBeVisible();
    await expect(newest.getByText('Checked on 1 May 2026.')).toBeVisible();
    await choice('Start again').click();
    await expect(page.getByText('Started again.')).toBeVisible();
  });

  test('what is said after a result leaves it as it is', async ({page}) => {
    const {choice, type} = chat(page);
    for (const label of ['visit', 'long', 'red']) await choice(label).click();
    await type('thanks');
    const card = page.locator('.result');
    await expect(card).toHaveCount(1);
    await expect(card.getByText('Why do you come? visit')).toBeVisible();
    await expect(card.getByText('Checked on 1 May 2026.')).toBeVisible();
    await expect(choice('Print')).toHaveCount(1);
  });

  test('who comes back to an end that was edited finds one card, with the new words', async ({page}) => {
    const {choice, newest} = chat(page);
    for (const label of ['visit', 'long', 'red']) await choice(label).click();
    await page.unroute('**/trees/first.tree');
    await publish(page, VISAS.replace('A red visa fits. It lasts a year.', 'A pink visa fits. It lasts a month.'));
    await page.reload();
    await expect(page.locator('.result')).toHaveCount(1);
    await expect(newest.getByRole('heading', {name: 'A pink visa fits.'})).toBeVisible();
    await expect(newest.getByText('Why do you come? visit')).toBeVisible();
    await expect(choice('Print')).toHaveCount(1);
    await expect(page.getByText('A red visa fits.')).toHaveCount(0);
    await expect(page.getByText('The advisor was updated since. The result is shown as it is now.')).toBeVisible();
  });

  test('a result from before an answer was changed says so, on paper too', async ({page}) => {
    const {answers, choice} = chat(page);
    for (const label of ['visit', 'long', 'red']) await choice(label).click();
    await answers.getByRole('button', {name: /Which passport/}).click();
    await page.getByRole('group', {name: 'Which passport?'}).getByRole('button', {name: 'blue'}).click();
    const [earlier, now] = [page.locator('.result').first(), page.locator('.result').last()];
    const mark = 'An earlier result. Your answers have changed since.';
    await expect(now.getByText('Nothing is needed.')).toBeVisible();
    await expect(now.getByText(mark)).toHaveCount(0);
    await expect(choice('Print')).toHaveCount(1);
    await page.emulateMedia({media: 'print'});
    await expect(earlier.getByText(mark)).toBeVisible();
    await page.emulateMedia({media: 'screen'});
    await choice('Start again').last().click();
    await expect(page.getByText(mark)).toHaveCount(2);
  });

  test('a number means an answer that is seen, while what is typed narrows them down', async ({page}) => {
    const {choices, input, newest, turns} = chat(page);
    await input.fill('wo');
    await expect(choices).toHaveText([/2\s*work/]);
    await choices.first().focus();
    await page.keyboard.press('1');
    await page.keyboard.press('3');
    await expect(turns).toHaveCount(1);
    await page.keyboard.press('2');
    await expect(newest).toContainText('Which job?');
  });

  test('what the page opens is closed by Escape, and keeps the focus', async ({page}) => {
    const {choice} = chat(page);
    for (const label of ['visit', 'long', 'red']) await choice(label).click();
    const save = page.getByText('Save', {exact: true});
    await save.click();
    await expect(choice('Text')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(choice('Text')).toBeHidden();
    await expect(save).toBeFocused();
  });

  test('a link is copied without the answers, unless they are wanted', async ({page, context}) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const {choice, choices, newest} = chat(page);
    for (const label of ['visit', 'long', 'red']) await choice(label).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await choice('Copy link').click();
    await expect(page.getByText('Copied.')).toBeVisible();
    expect(new URL(await copied()).hash).toBe('#tree=first');
    await page.getByRole('checkbox', {name: 'with my answers'}).check();
    await choice('Copy link').click();
    await expect(page.getByText('Copied. Who opens it sees your answers.')).toBeVisible();
    const link = await copied();
    expect(link).not.toContain('visit');
    await choice('Clear').click();
    await expect(choices).toHaveCount(3);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(newest.getByRole('heading', {name: 'A red visa fits.'})).toBeVisible();
    await expect(page.getByText('A link has led here.')).toBeVisible();
    expect(new URL(page.url()).hash).toBe('#tree=first');
  });

  test('where copying is refused, the link is shown', async ({page}) => {
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', {value: undefined});
    });
    await chat(page).choice('visit').click();
    await chat(page).choice('Copy link').click();
    await expect(page.getByRole('textbox', {name: 'Link'})).toHaveValue(/#tree=first$/);
  });

  for (const [name, ending, words] of [
    ['Text', 'txt', 'Advisor: A red visa fits. It lasts a year. See red visas (https://www.gov.uk/red)'],
    ['Markdown', 'md', '1. Why do you come? **visit**'],
    ['Data (JSON)', 'json', '"treebot":"history"'],
  ] as const) {
    test(`a conversation is saved as ${name}`, async ({page}) => {
      const {choice} = chat(page);
      for (const label of ['visit', 'long', 'red']) await choice(label).click();
      await page.getByText('Save', {exact: true}).click();
      const saving = page.waitForEvent('download');
      await choice(name).click();
      const saved = await saving;
      expect(saved.suggestedFilename()).toBe(`first.${ending}`);
      expect(readFileSync(await saved.path(), 'utf8')).toContain(words);
    });
  }

  test('printing is asked of the browser, and the paper has the addresses', async ({page}) => {
    const {choice, newest} = chat(page);
    for (const label of ['visit', 'long', 'red']) await choice(label).click();
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '');
    });
    await choice('Print').click();
    await expect(page.locator('body[data-printed]')).toHaveCount(1);
    await page.emulateMedia({media: 'print'});
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(newest).toBeVisible();
    const after = newest.getByRole('link').first();
    expect(await after.evaluate((link) => getComputedStyle(link, '::after').content)).toContain(
      'https://www.gov.uk/red',
    );
  });

  test('on a phone the answers open at a press, above the conversation', async ({page}) => {
    await page.setViewportSize({width: 360, height: 740});
    const {answers, choice} = chat(page);
    await expect(answers).toHaveCount(0);
    await choice('visit').click();
    const toggle = answers.getByRole('button', {name: 'Step 2 · Your answers (1)'});
    await expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await toggle.click();
    await answers.getByRole('button', {name: 'Change your answer to ‘Why do you come?’'}).click();
    await expect(page.getByRole('group', {name: 'Why do you come?'})).toBeFocused();
    await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  });

  test('who comes back to a tree that has changed is told how far their answers go', async ({page}) => {
    const {choice, newest} = chat(page);
    for (const label of ['study', 'school', 'short']) await choice(label).click();
    await page.unroute('**/trees/first.tree');
    await publish(page, VISAS.replace('{short:', '{brief:'));
    await page.reload();
    await expect(
      page.getByText('The advisor was updated since. Your answers still apply up to step 2. ‘short’ is asked again.'),
    ).toBeVisible();
    await expect(newest).toContainText('How long?');
  });
});

test('other advisors are in the menu, and each says what it is', async ({page}) => {
  await page.goto('./');
  await expect(chat(page).choices.first()).toBeVisible();
  await page.getByText('Menu', {exact: true}).click();
  // The tree of the tests has neither a title nor a word about itself.
  await expect(page.locator('.menu li')).toHaveText(['The cave', 'What is wrong with the coffee machine?']);
  await page.getByRole('link', {name: 'The cave'}).click();
  await expect(page.getByRole('heading', {level: 1, name: 'The cave'})).toBeVisible();
  await page.getByText('Menu', {exact: true}).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', {name: 'Do I need a UK visa?'})).toHaveCount(0);
  await expect(page.getByText('Menu', {exact: true})).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('link', {name: 'Do I need a UK visa?'}).click();
  await expect(page.getByRole('heading', {level: 1, name: 'Do I need a UK visa?'})).toBeVisible();
});
