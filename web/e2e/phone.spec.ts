// The Chat on a phone: what is seen without scrolling, and what stays in reach.

import type {Page} from '@playwright/test';
import {chat, expect, FIRST, overflow, test, violations} from './site';

/** How many answers are seen as a whole. */
async function seenAnswers(page: Page): Promise<number> {
  return page.evaluate(() => {
    const end = document.querySelector('.foot')?.getBoundingClientRect().top ?? 0;
    const boxes = [...document.querySelectorAll('.choice')].map((choice) => choice.getBoundingClientRect());
    return boxes.filter(({top, bottom}) => top >= 0 && bottom <= Math.min(end, innerHeight)).length;
  });
}

/** Where something is on the screen. */
async function top(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).last().boundingBox();
  if (!box) throw new Error(`${selector} is not seen`);
  return Math.round(box.y);
}

for (const [width, height, first, second] of [
  [320, 568, 2, 5],
  [360, 740, 8, 8],
  [390, 844, 8, 8],
  [740, 360, 4, 4],
  [800, 600, 4, 8],
] as const) {
  test.describe(`${width} × ${height}`, () => {
    test.use({viewport: {width, height}, hasTouch: true, isMobile: true});

    test('the first screen shows the answers, and the next one too', async ({page}) => {
      await page.goto('./');
      const {choice, newest} = chat(page);
      await expect(choice('Study')).toBeVisible();
      expect(await seenAnswers(page), 'the first question').toBeGreaterThanOrEqual(first);
      for (const box of await page.locator('.choice').all()) {
        expect((await box.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
      await choice('Work or business').tap();
      await expect(newest).toContainText('Which of these is closest?');
      expect(await seenAnswers(page), 'the second question').toBeGreaterThanOrEqual(second);
      // What the tree says of itself has not gone: it stands after the answers.
      const about = page.getByText('Unofficial, and not made by the UK government.');
      await expect(about.filter({visible: true})).toHaveCount(1);
    });

    // In a low window nothing stays.
    if (height < 480) return;

    test('the answers can be changed from wherever one is, and looking at them moves nothing', async ({page}) => {
      await page.goto('./');
      const {answers, choice} = chat(page);
      for (const label of ['Work or business', 'UK job offer']) await choice(label).tap();
      const toggle = answers.getByRole('button', {name: 'Step 3 · Your answers (2)'});
      for (const where of [0, 100, 100_000]) {
        await page.evaluate((where) => scrollTo(0, where), where);
        await expect(toggle).toBeInViewport({ratio: 1});
      }
      await page.evaluate(() => document.querySelector('.replies')?.scrollIntoView());
      const before = await top(page, '.replies');
      await toggle.tap();
      const change = answers.getByRole('button', {name: /Why do you want/});
      await expect(change).toBeInViewport({ratio: 1});
      expect(await top(page, '.replies')).toBe(before);
      await answers.getByText('Save', {exact: true}).tap();
      await choice('Data (JSON)').scrollIntoViewIfNeeded();
      await expect(choice('Data (JSON)')).toBeInViewport({ratio: 1});
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      // A press beside it closes it, as does Escape.
      await page.mouse.click(3, height - 4);
      await expect(change).toHaveCount(0);
      await toggle.tap();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      await expect(change).toHaveCount(0);
      await expect(toggle).toBeFocused();
      await toggle.tap();
      await change.tap();
      await expect(page.getByRole('group', {name: /Why do you want/})).toBeFocused();
      await expect(change).toHaveCount(0);
      await expect(page.locator('.changing .choice').first()).toBeInViewport({ratio: 1});
    });

    test('the line to type in stays where it is while somebody types', async ({page}) => {
      await page.goto('./');
      const {choice, input} = chat(page);
      await choice('Work or business').tap();
      const before = await top(page, '#text');
      for (const text of ['t', 'zzz', 'talent or youth', '']) {
        await input.fill(text);
        expect(await top(page, '#text'), text).toBe(before);
      }
    });
  });
}

test.describe('with a keyboard on the screen', () => {
  test.use({viewport: {width: 360, height: 740}, hasTouch: true, isMobile: true});

  test('the line to type in stays above it, and what one reads does not jump', async ({page}) => {
    await page.goto('./');
    const {choice, input, newest} = chat(page);
    await choice('Work or business').tap();
    await expect(newest).toContainText('Which of these is closest?');
    await expect(page.locator('meta[name="viewport"]')).toHaveAttribute(
      'content',
      /interactive-widget=resizes-content/,
    );
    const before = await top(page, '#question');
    await input.tap();
    await expect(input).toBeFocused();
    // What the browser does then: the page is as high as what is left.
    await page.setViewportSize({width: 360, height: 420});
    await expect(input).toBeInViewport({ratio: 1});
    expect(await top(page, '#question')).toBe(before);
    await input.fill('talent');
    await expect(page.locator('.choice')).toHaveCount(1);
    await expect(page.locator('.choice')).toBeInViewport({ratio: 1});
    expect(await top(page, '#question')).toBe(before);
    await input.fill('');
    await page.setViewportSize({width: 360, height: 740});
    expect(await top(page, '#question')).toBe(before);
  });

  test('the line to type in stays above it, however much there is to say', async ({page, context}) => {
    await page.goto('./');
    const {answers, choice, input} = chat(page);
    for (const label of ['Work or business', 'UK job offer', 'Health or care']) await choice(label).tap();
    await answers.getByRole('button').first().tap();
    await answers.getByRole('button', {name: /Which of these/}).tap();
    await page
      .getByRole('group', {name: /Which of these/})
      .getByRole('button', {name: 'Start a business'})
      .tap();
    await context.setOffline(true);
    await expect(page.locator('.notice')).toHaveCount(2);
    await input.tap();
    await page.setViewportSize({width: 360, height: 420});
    await input.fill('xx');
    await expect(page.getByText('No answer fits so far.')).toBeInViewport({ratio: 1});
    await expect(input).toBeInViewport({ratio: 1});
    await context.setOffline(false);
  });
});

test('who turns a tablet stays at the question', async ({page}) => {
  await page.setViewportSize({width: 1024, height: 768});
  await page.goto('./');
  const {choice, newest} = chat(page);
  await choice('Work or business').click();
  await choice('UK job offer').click();
  await expect(newest).toContainText('What kind of job?');
  for (const [width, height] of [
    [768, 1024],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({width, height});
    await expect(page.locator('#question')).toBeInViewport({ratio: 1});
    await expect(page.locator('.choice').first()).toBeInViewport({ratio: 1});
  }
});

test('what is said of privacy is seen when the focus comes to it', async ({page}) => {
  await page.setViewportSize({width: 360, height: 640});
  await page.goto(FIRST);
  const {choice, input, newest} = chat(page);
  await choice('study').click();
  await expect(newest).toContainText('How long do you need to stay?');
  await input.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', {name: 'Privacy'})).toBeFocused();
  await expect(page.getByRole('link', {name: 'Privacy'})).toBeInViewport({ratio: 1});
});
