// The Studio for those who see it otherwise: forced colours, magnified, from right to left, without motion.

import type {Locator, Page} from '@playwright/test';
import {chat, expect, overflow, test, violations} from './site';
import {draftOf, STUDIO, TESTED, toPane} from './studio';

const LOWER = ['Problems', 'Tests', 'Versions', 'Impact', 'Outline'];

/** How far apart two colours are, as WCAG counts it: from 1 to 21. */
async function contrast(one: Locator, of: string, other: Locator, to: string): Promise<number> {
  const luminance = (rgb: string) => {
    const parts = (rgb.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
    const [r = 0, g = 0, b = 0] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a = 0, b = 0] = [luminance(await style(one, of)), luminance(await style(other, to))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

const style = (of: Locator, property: string) =>
  of.first().evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), property);

/** Looks at all panes. */
async function inEachPane(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const pane of ['Edit', 'Map', 'Preview'] as const) {
    await toPane(page, pane);
    await look(pane);
  }
  await page.getByRole('combobox', {name: 'Preview as'}).selectOption('Messenger');
  await look('Messenger');
  await page.getByRole('combobox', {name: 'Preview as'}).selectOption('Web');
  await toPane(page, 'Problems');
  for (const tab of LOWER) {
    await page.getByRole('tab', {name: tab}).click();
    await look(tab);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`forced colours over ${colorScheme}`, () => {
    test.use({colorScheme, viewport: {width: 1280, height: 720}});
    test.beforeEach(async ({page}) => {
      await page.emulateMedia({colorScheme, forcedColors: 'active'});
      await draftOf(page, TESTED);
      await page.goto(STUDIO);
      await page.locator('.pane.map .here').waitFor();
    });

    test('the map tells here, visited, covered, found and looked at by more than colour', async ({page}) => {
      await chat(page).choice('green').click();
      const map = page.locator('.pane.map');
      const node = (title: string) => map.locator('.node', {has: page.locator(`.title:text-is("${title}")`)});
      const here = map.locator('.node.here');
      await expect(here.locator('.title')).toHaveText('● green');
      const thick = await style(map.locator('.node.visited .box'), 'stroke-width');
      expect(Number.parseFloat(thick)).toBeGreaterThan(2);
      expect(await style(node('none').locator('.box'), 'stroke-width')).toBe('1px');
      // No test comes to what is very hot; one comes to none at all.
      expect(await style(node('very').locator('.box'), 'stroke-dasharray')).toMatch(/5px, 4px/);
      expect(await style(node('none').locator('.box'), 'stroke-dasharray')).toBe('none');
      await page.getByRole('searchbox', {name: 'Find on the map'}).fill('little');
      await expect(node('a little')).toHaveClass(/found/);
      expect(await style(node('a little').locator('.title'), 'text-decoration-line')).toBe('underline');
      await node('none').locator('.box').click();
      await expect(node('none').locator('.ring')).toBeVisible();
      // Words and edges stand out from what they are drawn on.
      for (const each of [here, node('none'), node('very')]) {
        const box = each.locator('.box');
        expect(await contrast(each.locator('.title'), 'fill', box, 'fill')).toBeGreaterThan(4.5);
        expect(await contrast(each.locator('.words'), 'fill', box, 'fill')).toBeGreaterThan(4.5);
        expect(await contrast(box, 'stroke', map.locator('.sheet'), 'background-color')).toBeGreaterThan(3);
      }
      const ring = node('none').locator('.ring');
      expect(await contrast(ring, 'stroke', map.locator('.sheet'), 'background-color')).toBeGreaterThan(3);
      expect(await contrast(map.locator('.way'), 'stroke', map.locator('.sheet'), 'background-color')).toBeGreaterThan(
        3,
      );
    });

    test('what is selected and where the focus is can be seen', async ({page}) => {
      const body = page.locator('body');
      const source = page.locator('.cm-content');
      await source.click();
      await page.keyboard.press('Control+a');
      const selection = page.locator('.cm-selectionBackground');
      expect(await style(selection, 'background-color')).not.toBe(await style(body, 'background-color'));
      expect(Number(await style(selection, 'opacity'))).toBeGreaterThan(0.2);
      await page.keyboard.press('Control+Home');
      expect(await style(page.locator('.cm-activeLine'), 'outline-style')).toBe('dotted');
      expect(
        await contrast(page.locator('.cm-cursor-primary'), 'border-left-color', body, 'background-color'),
      ).toBeGreaterThan(4.5);
      // A completion, a line of the palette, a message, a heading: the chosen one has an edge of its own.
      await page.keyboard.press('Control+End');
      await page.keyboard.type('h');
      const chosen = page.locator('.cm-tooltip-autocomplete li[aria-selected]');
      await expect(chosen).toBeVisible();
      expect(await style(chosen, 'outline-style')).toBe('solid');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Control+k');
      expect(await style(page.locator('[role="option"][aria-selected="true"]'), 'outline-style')).toBe('solid');
      await page.keyboard.press('Escape');
      await chat(page).turns.first().locator('.message').click();
      expect(await style(page.locator('.turn[data-looked]'), 'outline-style')).toBe('solid');
      await page.getByRole('tab', {name: 'Outline'}).click();
      expect(await style(page.locator('.outline [aria-current]'), 'outline-style')).toBe('solid');
      await page.getByRole('button', {name: 'List', exact: true}).click();
      expect(await style(page.locator('.outline.list .current'), 'outline-style')).toBe('solid');
      // Lines between panes are there, and all that takes the focus shows it.
      const between = page.getByRole('separator', {name: 'Width of the source'});
      expect(await contrast(between, 'background-color', body, 'background-color')).toBeGreaterThan(3);
      await page.locator('.cm-content').focus();
      const focused = page.locator(':focus');
      for (let tabs = 0; tabs < 45; tabs += 1) {
        await page.keyboard.press('Tab');
        if ((await focused.count()) === 0) break;
        const shown = await focused.evaluate((element) => {
          const around = element.closest('.sheet') ?? element;
          const [own, outer] = [getComputedStyle(element), getComputedStyle(around)];
          return [own, outer].some((of) => of.outlineStyle !== 'none' && Number.parseFloat(of.outlineWidth) >= 2);
        });
        expect(shown, await focused.evaluate((element) => element.outerHTML.slice(0, 120))).toBe(true);
      }
    });

    test('problems, and where conversation and tests are, differ in shape and words', async ({page}) => {
      await page.locator('.cm-content').press('Control+End');
      await page.keyboard.type('nonsense: here\n');
      const problems = page.getByRole('region', {name: 'Problems'});
      await expect(problems.getByText('Error', {exact: true}).first()).toBeVisible();
      await expect(page.locator('.cm-lintRange-error').first()).toBeVisible();
      expect(await style(page.locator('.cm-lintRange-error'), 'background-image')).toContain('url(');
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(TESTED.replace('none: Bye.', 'none: Bye.\n  2: Two.'));
      await expect(page.locator('.mark-here')).toHaveText('▶');
      await expect(page.locator('.mark-missed').first()).toHaveText('○');
      await expect(page.locator('.mark-covered:visible').first()).toHaveText('✓');
      await page.getByRole('tab', {name: 'Tests'}).click();
      await expect(page.getByRole('region', {name: 'Tests'})).toContainText('Failed fails');
      const chosen = page.getByRole('tab', {name: 'Tests'});
      const other = page.getByRole('tab', {name: 'Versions'});
      expect(await style(chosen, 'border-bottom-color')).not.toBe(await style(other, 'border-bottom-color'));
    });

    for (const width of [320, 1280]) {
      test(`axe finds nothing in any pane, ${width} px`, async ({page}) => {
        test.slow();
        await page.setViewportSize({width, height: 720});
        await inEachPane(page, async (name) => {
          expect(await violations(page), name).toEqual([]);
          expect(await overflow(page), name).toBe(0);
        });
      });
    }
  });
}

const RTL = `title: تأشيرة
lang: ar
say: لماذا تأتي؟
answers:
  دراسة: {say: كم من الوقت؟, answers: {شهر: 'تأشيرة قصيرة. انظر [هنا](https://www.gov.uk/x).', سنة: تأشيرة طويلة.}}
  عمل: تأشيرة عمل.
`;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    test(`a tree from right to left is shown so, and axe finds nothing: ${colorScheme}, ${width} px`, async ({
      page,
    }) => {
      test.slow();
      await page.emulateMedia({colorScheme});
      await page.setViewportSize({width, height: 720});
      await draftOf(page, RTL);
      await page.goto(STUDIO);
      await toPane(page, 'Preview');
      await chat(page).choices.first().click();
      const box = async (selector: string) => {
        const found = await page.locator(selector).last().boundingBox();
        if (!found) throw new Error(`${selector} is not seen`);
        return found;
      };
      const [bot, you] = [await box('.turn.bot'), await box('.turn.you .message')];
      expect(you.x + you.width / 2, 'what one says stands at the left').toBeLessThan(bot.x + bot.width / 2);
      await inEachPane(page, async (name) => {
        expect(await violations(page), name).toEqual([]);
        expect(await overflow(page), name).toBe(0);
      });
    });
  }
}

test('magnified four times everything can be reached by scrolling down', async ({page}) => {
  await page.setViewportSize({width: 320, height: 256});
  await draftOf(page, TESTED);
  await page.goto(STUDIO);
  await inEachPane(page, async (name) => expect(await overflow(page), name).toBe(0));
  await toPane(page, 'Preview');
  await chat(page).choice('green').click();
  await expect(chat(page).newest).toContainText('Hot?');
  await toPane(page, 'Map');
  await expect(page.locator('.pane.map .node.here .box')).toBeInViewport({ratio: 0.9});
  await toPane(page, 'Edit');
  await page.locator('.cm-line', {hasText: 'say: Hot?'}).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' Or not?');
  await expect(page.locator('.cm-activeLine')).toBeInViewport();
  await toPane(page, 'Preview');
  await expect(chat(page).newest).toContainText('Hot? Or not?');
});

test('who wants no motion gets none, not even of the cursor', async ({page}) => {
  await draftOf(page, TESTED);
  await page.goto(STUDIO);
  await page.locator('.cm-content').click();
  await page.keyboard.type('x');
  await page.keyboard.press('Backspace');
  await chat(page).choice('green').click();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await page.locator('.cm-content').click();
  await expect(page.locator('.cm-cursor-primary')).toBeVisible();
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter(({playState, effect}) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 10)
      .map((animation) => (animation as CSSAnimation).animationName ?? 'a transition'),
  );
  expect(moving).toEqual([]);
});
