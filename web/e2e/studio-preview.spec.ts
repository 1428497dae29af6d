import {chat, expect, test} from './site';
import {find, STUDIO, typeAfter} from './studio';

test('an answer that gets another key is offered to be kept, and is', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, newest} = chat(page);
  await choice('study').click();
  await choice('more than 6 months').click();
  await page.locator('.cm-line', {hasText: 'more than 6 months: A long-term'}).click({position: {x: 90, y: 8}});
  await page.keyboard.type('x');
  const report = page.locator('.report');
  await expect(report).toContainText('Asked again:');
  await expect(newest).toContainText('How long do you need to stay?');
  await report.getByRole('button', {name: /add `was`$/}).click();
  await expect(page.locator('.cm-content')).toContainText('was: [more than 6 months]');
  await expect(newest).toContainText('A long-term study visa fits.');
  await expect(report).toContainText('Kept, by a former key:');
  await report.locator('summary').click();
  await report.getByRole('button', {name: /How long do you need/}).click();
  await expect(page.locator('.cm-content')).toBeFocused();
});

test('what an edit has lost is told until it is mended, whatever is said meanwhile, and after a reload', async ({
  page,
}) => {
  await page.goto(STUDIO);
  const {choice, type, newest} = chat(page);
  await choice('study').click();
  await choice('more than 6 months').click();
  await find(page, 'more than 6 months:');
  await page.keyboard.insertText('longer:');
  const report = page.locator('.report');
  const lost = report.getByRole('listitem').filter({hasText: 'Asked again: ‘more than 6 months’'});
  await expect(lost).toBeVisible();
  await type('bananas');
  await expect(newest).toContainText("Sorry, I didn't understand");
  await expect(lost).toBeVisible();
  await expect(page.getByRole('button', {name: 'Kept your conversation (1 of 2 answers).'})).toBeVisible();
  await page.reload();
  await expect(lost).toBeVisible();
  await lost.getByRole('button', {name: /add `was`$/}).click();
  await expect(page.locator('.cm-content')).toContainText('was: [more than 6 months]');
  await expect(newest).toContainText('A long-term study visa fits.');
  await expect(page.getByText('Asked again:')).toHaveCount(0);
});

test('the line at the bottom opens a list of all answers, and each leads to where it is written', async ({page}) => {
  await page.goto(STUDIO);
  const {choice} = chat(page);
  await choice('study').click();
  await choice('more than 6 months').click();
  await expect(page.locator('.report')).toHaveCount(0);
  await typeAfter(page, 'A long-term study visa fits.', ' Well done.');
  await page.getByRole('button', {name: 'Kept your conversation (2 of 2 answers).'}).press('Enter');
  const report = page.locator('.report');
  const summary = report.locator('summary');
  await expect(summary).toBeFocused();
  await expect(report.getByRole('listitem')).toHaveText([
    /^Kept: ‘study’\s*Hello! Why do you want/,
    /^Kept: ‘more than 6 months’\s*How long do you need/,
  ]);
  await report.getByRole('button', {name: /^Hello!/}).click();
  await expect(page.locator('.cm-activeLine')).toContainText('study:');
  await report.getByRole('button', {name: /^How long/}).click();
  await expect(page.locator('.cm-activeLine')).toContainText('more than 6 months: A long-term');
  await expect(page.locator('.cm-content')).toBeFocused();
  await summary.press('Enter');
  await expect(report).toHaveCount(0);
});

test('a question whose words change is given a name by one press, and from then on the answers stay', async ({
  page,
}) => {
  await page.goto(STUDIO);
  const {choice, newest} = chat(page);
  for (const answer of ['business/work', 'more than 6 months', '2']) await choice(answer).click();
  await expect(newest).toContainText('An investor visa fits.');
  await find(page, 'Which describes you?');
  await page.keyboard.insertText('What are you?');
  const report = page.locator('.report');
  await expect(report).toContainText('Asked again:');
  await expect(newest).toContainText('What are you?');
  await report.getByRole('button', {name: /^call the question/}).click();
  await expect(page.locator('.cm-content')).toContainText('id: what-are-you-1');
  await choice('2').click();
  await find(page, 'What are you?');
  await page.keyboard.insertText('Who are you?');
  await expect(page.getByText('Kept your conversation (3 of 3 answers).')).toBeVisible();
  await expect(newest).toContainText('An investor visa fits.');
});

test('it is told what became of each answer: found by its words, waiting, of no use', async ({page}) => {
  await page.addInitScript(() => {
    const source =
      'say: Where to?\nanswers:\n  town:\n    say: By bus?\n    id: bus\n    answers: {sure: Fine., never: Walk.}\n  sea: Swim.\n';
    localStorage.setItem('treebot/v1/studio-first/draft', source);
  });
  await page.goto(STUDIO);
  const {type, newest} = chat(page);
  await type('town centre');
  await type('sure');
  await expect(newest).toContainText('Fine.');
  const report = page.locator('.report');
  // The answer has another key, which the words that were typed still fit.
  await find(page, 'town:');
  await page.keyboard.insertText('centre:');
  await expect(report).toContainText('Kept, by what was said:');
  await expect(newest).toContainText('Fine.');
  // Its question is not reached any more: what was answered there waits.
  await find(page, 'centre:');
  await page.keyboard.insertText('village:');
  await expect(report).toContainText('Asked again:');
  await expect(report).toContainText('Waits for its question: ‘sure’');
  await expect(newest).toContainText('Where to?');
  // The question is gone.
  await find(page, 'id: bus');
  await page.keyboard.insertText('id: train');
  await expect(report).toContainText('Of no use any more: ‘sure’');
});

test('one goes to and fro in time', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, newest, turns} = chat(page);
  await choice('study').click();
  await choice('more than 6 months').click();
  const time = page.getByRole('slider', {name: 'Moment of the conversation'});
  await expect(time).toHaveAttribute('aria-valuetext', '3 of 3: A long-term study visa fits.');
  await time.focus();
  await page.keyboard.press('Home');
  await expect(turns).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(newest).toContainText('How long do you need to stay?');
  await page.getByRole('button', {name: 'Redo in the conversation'}).click();
  await expect(newest).toContainText('A long-term study visa fits.');
  await page.keyboard.press('Alt+PageUp');
  await expect(newest).toContainText('How long do you need to stay?');
  await choice('up to 6 months').click();
  await expect(page.getByRole('button', {name: 'Redo in the conversation'})).toBeDisabled();
  await page.reload();
  await expect(newest).toContainText('A short-term study visa fits.');
});

test('the conversation is led to where the cursor is', async ({page}) => {
  await page.goto(STUDIO);
  await find(page, 'A minister of religion');
  await page.keyboard.press('Control+Enter');
  await expect(chat(page).newest).toContainText('A minister of religion visa fits.');
  await expect(chat(page).turns).toHaveCount(9);
  await find(page, 'Which describes you?');
  await page.keyboard.press('Control+Enter');
  await expect(chat(page).newest).toContainText('Which describes you?');
});

test('a node that no conversation comes to is said to be one', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.cm-content').press('Control+End');
  await page.keyboard.type('\nnodes:\n  lost: Nobody hears this.\n');
  await page.locator('.cm-line', {hasText: 'Nobody hears this.'}).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('No conversation comes to this node.')).toBeVisible();
});

test('it is told why something was not understood, and one press makes it understood', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, type, newest} = chat(page);
  await choice('study').click();
  await type('bananas');
  await page.getByRole('button', {name: 'Why?'}).last().click();
  const why = page.locator('.why');
  await expect(why).toContainText("No rule fits: none of its words are an answer's.");
  await why.getByRole('button', {name: 'more than 6 months'}).click();
  await expect(page.locator('.cm-content')).toContainText('also: [bananas]');
  await expect(why).toContainText('now it would be taken as ‘more than 6 months’.');
  await type('bananas');
  await expect(newest).toContainText('A long-term study visa fits.');
});

test('of everything that was said it is told why, with the answers that came next', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, type, turns} = chat(page);
  await choice('study').click();
  await type('6 months');
  await type('thank you');
  const why = async (turn: number) => {
    const button = turns.nth(turn).getByRole('button', {name: 'Why?'});
    await button.click();
    await expect(button).toHaveAttribute('aria-expanded', 'true');
    return turns.nth(turn).locator('.why[lang]');
  };
  await expect(await why(0)).toContainText('The conversation begins here.');
  await expect(await why(1)).toContainText('This was pressed.');
  await expect(await why(2)).toContainText(/It answers ‘study’\.\s*This was pressed\./);
  for (const turn of [3, 4]) {
    const said = await why(turn);
    await expect(said).toContainText('Its amount lies within what ‘up to 6 months’ says.');
    await expect(said.getByRole('listitem')).toHaveText([/^more than 6 months: what was said stands in it: .* part$/]);
  }
  await expect(await why(5)).toContainText('Nothing is asked here');
  await expect(await why(6)).toContainText(/It answers ‘thank you’\.\s*Nothing is asked here/);
  // One at a time is enough.
  await expect(page.locator('.why[lang]')).toHaveCount(1);
});

test('the source may be broken for long, and nothing is lost', async ({page}) => {
  await page.goto(STUDIO);
  const {choice, newest} = chat(page);
  await choice('study').click();
  await page.locator('.cm-content').press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.getByText('The source has errors. This is its last version that works.')).toBeVisible();
  await expect(newest).toContainText('How long do you need to stay?');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('The source has errors.')).toHaveCount(0);
  await typeAfter(page, 'How long do you need', ' Say it.');
  await expect(newest).toContainText('Say it.');
});
