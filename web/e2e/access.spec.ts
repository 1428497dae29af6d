import {chat, expect, FIRST, overflow, test, violations} from './site';
import {toPane} from './studio';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({colorScheme, viewport: {width, height: 720}});

      test('axe finds nothing on the Chat page', async ({page}) => {
        await page.goto('./');
        const {choices, ended, type, choice} = chat(page);
        await expect(choices.first()).toBeVisible();
        expect(await violations(page), 'at the start').toEqual([]);
        await choices.first().click();
        await type('bananas');
        expect(await violations(page), 'in the middle').toEqual([]);
        await choice('Clear').click();
        expect(await violations(page), 'asking whether to clear').toEqual([]);
        await choice('Keep it').click();
        await choice('Start again').click();
        expect(await violations(page), 'after starting again').toEqual([]);
        for (let step = 0; step < 25 && (await choices.count()) > 0; step += 1) await choices.last().click();
        await expect(ended).toBeVisible();
        expect(await violations(page), 'at the end').toEqual([]);
      });

      test('axe finds nothing on the page about privacy', async ({page}) => {
        await page.goto('./privacy.html');
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBe(0);
      });

      test('axe finds nothing in the Studio', async ({page}) => {
        await page.goto('./studio.html');
        await toPane(page, 'Preview');
        await expect(chat(page).choices.first()).toBeVisible();
        expect(await violations(page), 'at the start').toEqual([]);
        await chat(page).choices.first().click();
        await toPane(page, 'Edit');
        await page.locator('.cm-content').press('Control+Home');
        await page.keyboard.type('nonsense: here\n');
        for (const pane of ['Edit', 'Preview', 'Problems'] as const) {
          await toPane(page, pane);
          expect(await violations(page), `${pane} with a problem`).toEqual([]);
        }
        await page.keyboard.press('Control+k');
        await expect(page.getByRole('dialog')).toBeVisible();
        expect(await violations(page), 'the palette').toEqual([]);
        await page.keyboard.press('Escape');
        await page.keyboard.press('F1');
        expect(await violations(page), 'the shortcuts').toEqual([]);
      });
    });
  }
}

test('axe finds nothing on the pages that say that something failed', async ({page, watched}) => {
  watched.allowErrors();
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('heading', {name: 'The advisor could not be loaded'})).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('a keyboard is enough', async ({page}) => {
  await page.goto('./');
  const {choices, ended, turns} = chat(page);
  await expect(choices.first()).toBeVisible();
  const focused = page.locator(':focus');
  for (let tabs = 0; tabs < 10; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await focused.evaluate((element) => element.classList.contains('choice'))) break;
  }
  await expect(choices.first()).toBeFocused();
  await page.keyboard.press('Enter');
  const group = page.locator('.replies');
  await expect(group).toBeFocused();
  for (let step = 0; step < 25 && (await choices.count()) > 0; step += 1) {
    const before = await turns.count();
    const name = await group.evaluate((element) => element.getAttribute('aria-labelledby'));
    await expect(page.locator(`#${name}`)).toHaveCount(1);
    await page.keyboard.press('1');
    await expect(turns).toHaveCount(before + 2);
    await expect(group).toBeFocused();
  }
  await expect(ended).toBeVisible();
});

test('number keys act only among the choices', async ({page}) => {
  await page.goto(FIRST);
  const {choices, turns, input} = chat(page);
  await expect(choices.first()).toBeVisible();
  await page.getByRole('region', {name: 'Conversation'}).focus();
  await page.keyboard.press('2');
  await page.locator('body').press('2');
  await input.focus();
  await page.keyboard.press('2');
  await expect(turns).toHaveCount(1);
  await expect(input).toHaveValue('2');
  await page.getByRole('region', {name: 'Conversation'}).focus();
  await page.keyboard.press('Escape');
  await expect(input).toBeFocused();
});

test('new messages are read out once, with the options', async ({page}) => {
  await page.goto(FIRST);
  const log = page.getByRole('log');
  await expect(chat(page).choices.first()).toBeVisible();
  await expect(log).toBeEmpty();
  await chat(page).choice('study').click();
  await expect(log).toHaveText(/How long do you need to stay\?.* Options: up to 6 months, more than 6 months\./);
  await expect(log).toBeEmpty({timeout: 3000});
  await expect(page.getByRole('group', {name: /How long do you need to stay/})).toBeFocused();
});

test('a change in another tab does not move the focus', async ({context}) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(FIRST);
  await two.goto(FIRST);
  await chat(two).input.fill('half a sen');
  await chat(one).choice('study').click();
  await expect(chat(two).newest).toContainText('How long');
  await expect(chat(two).input).toBeFocused();
  await expect(chat(two).input).toHaveValue('half a sen');
});

for (const width of [320, 360]) {
  test(`nothing needs to be scrolled sideways at ${width} px`, async ({page}) => {
    await page.setViewportSize({width, height: 640});
    await page.goto('./');
    const {choices, ended} = chat(page);
    await expect(choices.first()).toBeVisible();
    expect(await overflow(page)).toBe(0);
    for (let step = 0; step < 25 && (await choices.count()) > 0; step += 1) {
      await choices.last().click();
      expect(await overflow(page)).toBe(0);
    }
    await expect(ended).toBeInViewport();
    await page.goto('./studio.html');
    for (const pane of ['Edit', 'Preview', 'Problems'] as const) {
      await toPane(page, pane);
      expect(await overflow(page)).toBe(0);
    }
  });
}

test('everything that can be pressed is large enough', async ({page}) => {
  await page.setViewportSize({width: 360, height: 740});
  await page.goto(FIRST);
  await chat(page).choice('study').click();
  for (const button of await page.getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(box?.height, await button.innerText()).toBeGreaterThanOrEqual(44);
  }
});
