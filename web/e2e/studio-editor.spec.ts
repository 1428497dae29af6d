import {chat, expect, test} from './site';
import {draft, draftOf, find, STUDIO, typeAfter} from './studio';

const source = (page: import('@playwright/test').Page) => page.locator('.cm-content');

test('keys and names are completed as the language has them', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', '');
  await page.keyboard.insertText('\n  swim:\n    ');
  await page.keyboard.type('go');
  const list = page.locator('.cm-tooltip-autocomplete');
  await expect(list.locator('[aria-selected="true"]')).toContainText('goto');
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  await expect(source(page)).toContainText('goto: ');
  await page.keyboard.type('st');
  await expect(list.locator('li').first()).toContainText('start');
  // A list that has just appeared takes no key, so that nobody takes what they have not seen.
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  await expect(source(page)).toContainText('goto: start');
  await chat(page).choice('swim').click();
  await expect(chat(page).newest).toContainText('Hello!');
});

test('what a key does is told where the pointer is', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.cm-line', {hasText: 'answers:'}).first().locator('span').first().hover();
  await expect(page.locator('.told')).toContainText('answers');
});

test('a problem is mended by its button', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', '');
  await page.keyboard.insertText('\n  swim:\n    sey: Bring a towel.');
  const problems = page.getByRole('region', {name: 'Problems'});
  await expect(problems).toContainText('unknown key `sey`');
  await problems.getByRole('button', {name: 'write `say`'}).click();
  await expect(source(page)).toContainText('say: Bring a towel.');
  await expect(problems).not.toContainText('sey');
});

test('advice is given where it is wanted, also the next time', async ({page}) => {
  const answers = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `  word ${n}: {goto: part}\n`).join('');
  const words =
    'Applications for reimbursement necessitated by examinations are submitted to the administration '.repeat(4);
  await draftOf(page, `say: Which?\nanswers:\n${answers}nodes:\n  part: ${words}\n`);
  await page.goto(STUDIO);
  const problems = page.getByRole('region', {name: 'Problems'});
  await expect(problems).toContainText('No problems.');
  await problems.getByRole('checkbox', {name: /^Advice, too/}).check();
  for (const told of ['offers 8 answers', 'few people under 18', 'without a link', 'nothing says from when']) {
    await expect(problems).toContainText(told);
  }
  await expect(page.locator('.cm-lintRange-warning').first()).toBeVisible();
  await typeAfter(page, 'say: Which?', '');
  await page.keyboard.insertText('\noffer: false');
  await expect(problems).not.toContainText('offers 8 answers');
  await page.reload();
  await expect(problems).toContainText('few people under 18');
  await problems.getByRole('checkbox', {name: /^Advice, too/}).uncheck();
  await expect(problems).toContainText('No problems.');
});

test('a problem is mended where it stands', async ({page}) => {
  await page.goto(STUDIO);
  await typeAfter(page, 'A visitor visa fits.', '');
  await page.keyboard.insertText('\n  swim:\n    sey: Bring a towel.');
  await page.locator('.cm-lintRange-error').hover();
  const told = page.locator('.cm-tooltip-lint');
  await expect(told).toContainText('unknown key `sey`');
  await told.getByRole('button', {name: 'write `say`'}).click();
  await expect(source(page)).toContainText('say: Bring a towel.');
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(source(page)).toContainText('sey: Bring a towel.');
});

test('the numbers of lines take no more room than they need', async ({page}) => {
  await page.goto(STUDIO);
  const width = async () => (await page.locator('.cm-gutters').boundingBox())?.width ?? 0;
  await page.locator('.cm-gutters').waitFor();
  expect(await width(), 'of 30 lines').toBeLessThan(72);
  await page.goto('./studio.html#tree=uk-visa');
  await page.locator('.cm-gutters').waitFor();
  expect(await width(), 'of a thousand lines').toBeLessThan(92);
});

test('a name is renamed everywhere, found everywhere, and its old form is kept', async ({page}) => {
  await page.goto('./studio.html#tree=cave');
  await page.locator('.cm-line', {hasText: 'goto:'}).first().click();
  const line = page.locator('.cm-line', {hasText: 'goto:'}).first();
  const name = ((await line.innerText()).split('goto:')[1] ?? '').trim().replace(/[}'"].*$/, '');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+F12');
  const places = page.getByRole('listbox', {name: 'What was found'}).getByRole('option');
  expect(await places.count()).toBeGreaterThan(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', {name: `New name for ‘${name}’`});
  await expect(field).toBeFocused();
  await field.fill('start');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('start');
  await field.fill('a new name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('F12');
  await expect(page.locator('.cm-activeLine')).toContainText('a new name:');
  await expect(source(page)).toContainText(`was: [${name}]`);
  await page.keyboard.press('Control+z');
  await expect(source(page)).not.toContainText('a new name');
});

test('words are added to an answer, and a name to a question, with the rest as it was', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.cm-line', {hasText: 'study:'}).first().click();
  await page.keyboard.press('F4');
  const field = page.getByRole('textbox', {name: 'Another word for ‘study’'});
  await field.fill('travel');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('already there');
  await field.fill('university');
  await page.keyboard.press('Enter');
  await expect(source(page)).toContainText('also: [university]');
  await chat(page).type('university');
  await expect(chat(page).newest).toContainText('How long do you need to stay?');
  await page.locator('.cm-line', {hasText: 'also: [university]'}).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('give this question');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', {name: 'A name for this question'}).fill('length');
  await page.keyboard.press('Enter');
  await expect(source(page)).toContainText('id: length');
});

test('the palette and the outline go to nodes', async ({page}) => {
  await page.goto(STUDIO);
  await page.locator('.studio').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('medical');
  await page.keyboard.press('Enter');
  await expect(page.locator('.cm-activeLine')).toContainText('medical treatment');
  await page.getByRole('tab', {name: 'Outline'}).click();
  await page
    .getByRole('region', {name: 'Outline'})
    .getByRole('button', {name: /^visiting a child/})
    .click();
  await expect(page.locator('.cm-activeLine')).toContainText('visiting a child');
});

test('the source is searched and folded', async ({page}) => {
  await page.goto(STUDIO);
  await source(page).focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('talent');
  await page.keyboard.press('Enter');
  await expect(page.locator('.cm-searchMatch-selected')).toHaveText('talent');
  await page.keyboard.press('Escape');
  await find(page, 'business/work:');
  await page.keyboard.press('Control+Shift+BracketLeft');
  await expect(source(page)).not.toContainText('A talent visa fits.');
  await page.keyboard.press('Control+Shift+BracketRight');
  await expect(source(page)).toContainText('A talent visa fits.');
});

test('keys look like keys, whatever is in them, and words like words', async ({page}) => {
  const lines = [
    'say: "Which: this?" # or that: no',
    'answers:',
    '  the first, or the next:',
    '    say: |',
    '      Note: this is text.',
    '',
    '      And: this.',
    "    answers: {'a, b': x, c d: [y, e]}",
    '  - http://a.example: odd',
    'tests:',
    '  one:',
    '    - user: the first',
  ];
  await draftOf(page, `${lines.join('\n')}\n`);
  await page.goto(STUDIO);
  await expect(source(page)).toContainText('And: this.');
  const bold = await page
    .locator('.cm-line span')
    .evaluateAll((all) =>
      all.filter((one) => getComputedStyle(one).fontWeight === '600').map((one) => one.textContent),
    );
  expect(bold).toEqual([
    ...['say', 'answers', 'the first, or the next', 'say', 'answers', "'a, b'", 'c d', 'http://a.example'],
    ...['tests', 'one', 'user'],
  ]);
});

test('a new line begins where the one before does, and what hangs from a line is folded with it', async ({page}) => {
  await draftOf(page, 'say: One?\nanswers:\n  a: Two.\ntests:\n  t:\n    - user: a\n');
  await page.goto(STUDIO);
  await typeAfter(page, 'a: Two.', '\nb:\n  say: |\nThree.\nFour.');
  const written = '  b:\n    say: |\n      Three.\n      Four.\ntests:\n';
  await expect.poll(() => draft(page)).toContain(written);
  await typeAfter(page, 'user: a', '\nbot: Two.');
  await expect.poll(() => draft(page)).toContain('    - user: a\n      bot: Two.\n');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nnodes:');
  await expect.poll(() => draft(page)).toMatch(/bot: Two\.\n\nnodes:$/);
  await find(page, 'b:');
  await page.keyboard.press('Control+Shift+BracketLeft');
  await expect(source(page)).not.toContainText('say: |');
  await expect(source(page)).not.toContainText('Four.');
  await expect(source(page)).toContainText('tests:');
  await page.keyboard.press('Control+Shift+BracketRight');
  await expect(source(page)).toContainText('Four.');
});

test('the gutter shows where the conversation stands', async ({page}) => {
  await page.goto(STUDIO);
  const here = page.locator('.mark-here');
  await expect(here).toHaveCount(1);
  const before = (await here.boundingBox())?.y ?? 0;
  await chat(page).choice('study').click();
  await expect.poll(async () => (await here.boundingBox())?.y ?? 0).toBeGreaterThan(before + 20);
});

test('cursor and messages show the same node', async ({page}) => {
  await page.goto(STUDIO);
  await chat(page).choice('study').click();
  await page.locator('.cm-line', {hasText: 'Hello!'}).first().click();
  await expect(page.locator('.turn[data-looked]')).toContainText('Hello!');
  await page.locator('.cm-line', {hasText: 'How long do you need'}).first().click();
  await expect(page.locator('.turn[data-looked]')).toContainText('How long do you need');
  await page.getByRole('button', {name: 'Source'}).first().click();
  await expect(page.locator('.cm-activeLine')).toContainText(/yaml-language-server|Hello!/);
  await expect(source(page)).toBeFocused();
});

test('a name is followed by pressing on it with Ctrl', async ({page}) => {
  await page.goto('./studio.html#tree=cave');
  const name = page.locator('.cm-line', {hasText: 'goto:'}).first();
  const wanted = /goto: *([\w-]+)/.exec(await name.innerText())?.[1] ?? '';
  const at = await name.evaluate((line, wanted) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = node.textContent?.lastIndexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start + 1);
      range.setEnd(node, start + 2);
      const box = range.getBoundingClientRect();
      return {x: box.x, y: box.y + box.height / 2};
    }
    return {x: 0, y: 0};
  }, wanted);
  await page.keyboard.down('Control');
  await page.mouse.click(at.x, at.y);
  await page.keyboard.up('Control');
  await expect(page.locator('.cm-activeLine')).toContainText(`${wanted}:`);
  await expect(page.locator('.cm-activeLine')).not.toContainText('goto');
});
