import {readFileSync} from 'node:fs';
import type {Page} from '@playwright/test';
import {chat, expect, overflow, test, violations} from './site';
import {draftOf, large, STUDIO, toPane, typeAfter} from './studio';

/** The map as an author has it. */
function map(page: Page) {
  const pane = page.getByRole('region', {name: 'Map'});
  return {
    pane,
    tree: page.getByRole('tree', {name: 'Nodes of the tree'}),
    /** A node by the answer that leads to it, or its name. */
    node: (title: string) => pane.locator('.node', {has: page.locator(`.title:text-is("${title}")`)}),
    here: pane.locator('.node.here'),
    selected: pane.locator('.node.selected'),
    nodes: pane.locator('.node'),
    find: page.getByRole('searchbox', {name: 'Find on the map'}),
    count: pane.locator('.legend .count'),
  };
}

/** A title as far as it fits on a node. */
const onNode = (title: string) => (title.length > 19 ? `${title.slice(0, 18).trim()}…` : title);

test('the map shows where the conversation is and follows every keystroke', async ({page}) => {
  await page.goto(STUDIO);
  const {here, node, count} = map(page);
  await expect(here).toContainText('Hello! Why do you wa');
  await expect(count).toHaveText('8 of 20 nodes shown');
  await chat(page).choice('study').click();
  // What can be answered there is shown now.
  await expect(count).toHaveText('10 of 20 nodes shown');
  await expect(node('up to 6 months')).toBeVisible();
  await expect(here).toContainText('study');
  await expect(node('start')).toHaveClass(/visited/);
  await expect(node('travel')).not.toHaveClass(/visited/);
  await typeAfter(page, 'travel: A visitor', ' X');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  let typed = '';
  for (const key of 'Really') {
    await page.keyboard.type(key);
    typed += key;
    await expect(node('travel').locator('.words')).toContainText(typed);
  }
  // A new answer is a new node, and nobody has moved.
  await typeAfter(page, 'travel: Really', '\nswim: No visa is needed.');
  await expect(node('swim')).toBeVisible();
  await expect(count).toHaveText('11 of 21 nodes shown');
  await expect(here).toContainText('study');
});

test('while the source has errors the map shows what can be read of it', async ({page}) => {
  await page.goto(STUDIO);
  await chat(page).choice('study').click();
  await typeAfter(page, 'How long do you need', '\nnonsense: here');
  const {here, nodes} = map(page);
  await expect(page.getByText('The source has errors.')).toBeVisible();
  await expect(here).toContainText('study');
  await expect(nodes).not.toHaveCount(0);
});

test('source, map and conversation look at the same node', async ({page}) => {
  await page.goto(STUDIO);
  const {node, selected} = map(page);
  await page.locator('.cm-line', {hasText: 'A short-term study visa fits.'}).click();
  await expect(selected).toContainText('up to 6 months');
  await node('more than 6 months').first().click();
  await expect(selected).toContainText('more than 6 months');
  await expect(page.locator('.cm-activeLine')).toContainText('more than 6 months');
});

test('where the conversation goes, what led there and what can be answered are seen whole', async ({page}) => {
  await page.setViewportSize({width: 1280, height: 800});
  await page.goto('./studio.html#tree=uk-visa');
  const {here, pane} = map(page);
  const from: string[] = [];
  for (const answer of ['Holiday or visit', 'Longer']) {
    from.push(answer);
    await chat(page).choice(answer).click();
    await expect(here).toBeVisible();
    const cut = () =>
      pane.evaluate((pane) => {
        const sheet = pane.querySelector('.sheet')?.getBoundingClientRect();
        const cut = [...pane.querySelectorAll('.node.visited, .node.here')].slice(-2).filter((node) => {
          const box = node.querySelector('.box')?.getBoundingClientRect();
          return !sheet || !box || box.left < sheet.left || box.right > sheet.right;
        });
        return cut.map((node) => node.querySelector('.title')?.textContent);
      });
    await expect.poll(cut, `after ${from.join(', ')}`).toEqual([]);
  }
});

test('a double click puts the conversation there, by the shortest way', async ({page}) => {
  await page.goto(STUDIO);
  const {find, selected, here} = map(page);
  await find.fill('sportsperson');
  await find.press('Enter');
  await selected.locator('.box').dblclick();
  await expect(here).toContainText('4');
  await expect(chat(page).newest).toContainText('A sportsperson visa fits.');
  await expect(chat(page).turns).toHaveCount(9);
});

test('the keyboard is enough: through the outline, in and out, and there goes the conversation', async ({page}) => {
  await page.goto(STUDIO);
  await expect(map(page).here).toBeVisible();
  await page.keyboard.press('Alt+2');
  const {tree, selected, here, count} = map(page);
  await expect(tree).toBeFocused();
  const active = () =>
    page.evaluate(
      () => document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.innerText,
    );
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  expect(await active()).toContain('travel A visitor visa fits. End');
  await expect(selected).toContainText('travel');
  await page.keyboard.press('ArrowDown');
  expect(await active()).toContain('study How long do you need to stay?');
  const study = tree.getByRole('treeitem', {name: /^▸? ?study/});
  await page.keyboard.press('ArrowRight');
  await expect(count).toHaveText('10 of 20 nodes shown');
  await page.keyboard.press('ArrowLeft');
  await expect(study).toHaveAttribute('aria-expanded', 'false');
  await expect(count).toHaveText('8 of 20 nodes shown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(here).toContainText('up to 6 months');
  await expect(chat(page).newest).toContainText('A short-term study visa fits.');
  await expect(page.getByText('The conversation stands here now.')).toBeVisible();
  await expect(tree).toBeFocused();
  // In an ARIA tree each row says where it is.
  await expect(tree.getByRole('treeitem', {name: /^up to 6 months/}).first()).toHaveAttribute('aria-level', '3');
  await expect(tree.getByRole('treeitem', {name: /The conversation stands here/})).toHaveCount(1);
});

test('a node is closed and opened by a press, and what leads across is drawn', async ({page}) => {
  await page.goto('./studio.html#tree=cave');
  const {pane, here, count} = map(page);
  await expect(here).toBeVisible();
  expect(await pane.locator('.way.across').getAttribute('d')).toMatch(/^M/);
  const before = (await count.textContent()) ?? '';
  await here.locator('.knob').click();
  await expect(here.locator('.knob')).toHaveText(/^\+\d+$/);
  await expect(count).not.toHaveText(before);
  await here.locator('.knob').click();
  await expect(here.locator('.knob')).toHaveText('−');
  await expect(count).toHaveText(before);
});

test('a large tree is shown in part; what is looked at, or found, is never hidden', async ({page}) => {
  await draftOf(page, large(400));
  await page.goto(STUDIO);
  const {count, nodes, find, selected, tree} = map(page);
  await expect(count).toHaveText(/^\d+ of 1602 nodes shown$/);
  const shown = async () => Number((await count.textContent())?.split(' ')[0]);
  expect(await shown()).toBeLessThanOrEqual(150);
  for (let level = 0; level < 6; level++) await page.getByRole('button', {name: 'More levels'}).click();
  expect(await shown()).toBeGreaterThan(150);
  await find.fill('question 399');
  await expect(page.getByText('1 found')).toBeVisible();
  await find.press('Enter');
  await expect(selected).toContainText('Question 399?');
  await expect(page.locator('.cm-activeLine')).toContainText('n399');
  // All of it from afar is a pattern, not ten thousand elements.
  for (let level = 0; level < 12; level++) await page.getByRole('button', {name: 'More levels'}).click();
  await expect(count).toHaveText('1602 nodes');
  await page.getByRole('button', {name: 'Fit'}).click();
  expect(await nodes.count()).toBeLessThan(400);
  expect(await page.locator('.pattern').getAttribute('d')).toMatch(/^M/);
  expect(await tree.getByRole('treeitem').count()).toBeLessThanOrEqual(60);
});

for (const [width, height] of [
  [1280, 720],
  [360, 740],
] as const) {
  test(`at first the map shows the place of the conversation and what is around it: ${width} px`, async ({page}) => {
    await page.setViewportSize({width, height});
    const {pane, here, nodes} = map(page);
    const sheet = pane.locator('.sheet');
    /** The titles of the nodes that are in sight as a whole; the letters of all can be read. */
    const inSight = async () => {
      const frame = await sheet.boundingBox();
      if (!frame) throw new Error('no map');
      const titles = [];
      for (const node of await nodes.all()) {
        const box = await node.locator('.box').boundingBox();
        if (!box) continue;
        const [right, bottom] = [box.x + box.width, box.y + box.height];
        const isWhole = box.x >= frame.x - 1 && right <= frame.x + frame.width + 1;
        if (isWhole && box.y >= frame.y - 1 && bottom <= frame.y + frame.height + 1) {
          titles.push((await node.locator('.title').textContent())?.replace('● ', ''));
        }
        expect(box.height, 'large enough to be read').toBeGreaterThan(31);
      }
      return titles;
    };
    // Where there is room for three columns, what the place hangs from is in sight, too.
    const from = width > 960 ? ['start'] : [];
    await page.goto(STUDIO);
    await toPane(page, 'Map');
    await expect(here).toBeVisible();
    const start = ['start', 'travel', 'study', 'business/work', 'medical treatment', 'join family/get ma…'];
    expect(await inSight()).toEqual(expect.arrayContaining(start));
    // Somebody who comes back sees where the conversation is, and what can be answered there.
    await toPane(page, 'Preview');
    await chat(page).choice('study').click();
    await page.reload();
    await toPane(page, 'Map');
    await expect(here).toContainText('study');
    expect(await inSight()).toEqual(expect.arrayContaining(['study', 'up to 6 months', 'more than 6 months', ...from]));
    // So it is in a large tree.
    await page.goto('./studio.html#tree=uk-visa');
    await toPane(page, 'Map');
    await expect(here).toBeVisible();
    await toPane(page, 'Preview');
    await chat(page).choice('Study').click();
    await toPane(page, 'Map');
    await expect(here).toContainText('What will you study');
    const choices = await page.locator('.choice [dir="auto"]').allTextContents();
    expect(await inSight()).toEqual(expect.arrayContaining([...choices.map(onNode), ...from]));
  });
}

test('the map is moved, drawn nearer, and fits', async ({page}) => {
  await page.goto(STUDIO);
  const {pane, here} = map(page);
  const picture = pane.locator('.picture');
  const box = () => picture.getAttribute('viewBox');
  await expect(here).toBeVisible();
  const first = await box();
  const frame = await picture.boundingBox();
  if (!frame) throw new Error('no picture');
  await page.mouse.move(frame.x + 30, frame.y + frame.height - 20);
  await page.mouse.down();
  await page.mouse.move(frame.x + 90, frame.y + frame.height - 60, {steps: 4});
  await page.mouse.up();
  const moved = await box();
  expect(moved).not.toBe(first);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -240);
  await page.keyboard.up('Control');
  await expect.poll(box).not.toBe(moved);
  const width = async () => Number((await box())?.split(' ')[2]);
  const near = await width();
  await page.getByRole('button', {name: 'Farther'}).click();
  await expect.poll(width).toBeGreaterThan(near);
  await page.getByRole('button', {name: 'Fit'}).click();
  await expect(here).toBeVisible();
});

test('what no test reaches looks different, and can be told apart without colours', async ({page}) => {
  await draftOf(page, 'say: One?\nanswers: {a: x, b: y}\ntests:\n  one:\n    - user: a\n    - end: true\n');
  await page.goto(STUDIO);
  const {node, tree} = map(page);
  await expect(node('b')).toHaveClass(/untested/);
  await expect(node('a')).not.toHaveClass(/untested/);
  await expect(node('b').locator('.box')).toHaveCSS('stroke-dasharray', /5px, 4px/);
  await expect(tree.getByRole('treeitem', {name: 'b y. End. No test comes here'})).toBeAttached();
  await page.getByRole('checkbox', {name: 'no test comes here'}).uncheck();
  await expect(node('b')).not.toHaveClass(/untested/);
});

test('the map is kept as a picture of its own', async ({page}) => {
  await page.goto(STUDIO);
  await expect(map(page).here).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'SVG'}).click()]);
  expect(file.suggestedFilename()).toBe('first.svg');
  const svg = readFileSync(await file.path(), 'utf8');
  expect(svg).toContain('medical treatment');
  const shown = await page.evaluate((svg) => {
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    return parsed.querySelector('parsererror') ? 'broken' : parsed.querySelectorAll('g').length;
  }, svg);
  expect(shown).toBe(20);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing on the map, ${colorScheme}, ${width} px`, async ({page}) => {
      await page.emulateMedia({colorScheme});
      await page.setViewportSize({width, height: 720});
      await page.goto(STUDIO);
      await toPane(page, 'Map');
      await expect(map(page).here).toBeVisible();
      expect(await violations(page), 'the picture').toEqual([]);
      await page.getByRole('button', {name: 'List', exact: true}).click();
      await expect(map(page).tree).toBeVisible();
      expect(await violations(page), 'the list').toEqual([]);
      expect(await overflow(page)).toBe(0);
    });
  }
}
