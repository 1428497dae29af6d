import {chat, expect, test} from './site';
import {draft, find, STUDIO} from './studio';

test('the conversation is recorded as a test, and a changed text is accepted', async ({page}) => {
  await page.goto(STUDIO);
  const {choice} = chat(page);
  await choice('study').click();
  await choice('more than 6 months').click();
  await page.getByRole('button', {name: 'Record test'}).click();
  const name = page.getByRole('textbox', {name: 'A name for this test'});
  await expect(name).toHaveValue('study, more than 6 months');
  await name.fill('a long study');
  await page.keyboard.press('Enter');
  const tests = page.getByRole('region', {name: 'Tests'});
  await expect(tests).toContainText('Passed a long study');
  expect(await draft(page)).toContain(
    '    - user: more than 6 months\n    - bot: A long-term study visa fits.\n    - end: true\n',
  );
  await expect(page.getByRole('button', {name: '1 test passed'})).toBeVisible();
  await expect(page.locator('.mark-covered:visible').first()).toBeVisible();
  await expect(page.locator('.mark-missed:visible').first()).toBeVisible();

  // Another name is asked for where there is one already.
  await page.getByRole('button', {name: 'Record test'}).click();
  await name.fill('a long study');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('There is a test `a long study` already.');
  await page.keyboard.press('Escape');

  await find(page, 'A long-term study');
  await page.keyboard.type('Quite another');
  await expect(tests).toContainText('Failed a long study');
  await expect(tests).toContainText('Expected A long-term study visa fits.');
  await expect(tests).toContainText('Came Quite another visa fits.');
  await tests.getByRole('button', {name: 'Accept: expect ‘Quite another visa fits.’'}).click();
  await expect(tests).toContainText('Passed a long study');
});

test('the tests of the visa tree pass, and all its ways are counted', async ({page}) => {
  await page.goto('./studio.html#tree=uk-visa');
  await expect(page.getByRole('button', {name: /^\d+ tests passed$/})).toBeVisible();
  await page.getByRole('tab', {name: 'Tests'}).click();
  const tests = page.getByRole('region', {name: 'Tests'});
  await expect(tests).toContainText(/The tests come to \d+ of \d+ questions, answers and ends\./);
  await expect(tests).toContainText('none is stuck.');
});

test('a question that nothing leads out of is shown', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.cm-content').press('Control+a');
  await page.keyboard.insertText(
    'say: a\nanswers: {in: {goto: trap}}\nnodes:\n  trap: {say: b, answers: {again: {goto: trap}}}\n',
  );
  await page.getByRole('tab', {name: 'Tests'}).click();
  await page.getByRole('button', {name: 'the first'}).click();
  await expect(page.locator('.cm-activeLine')).toContainText('say: a');
});
