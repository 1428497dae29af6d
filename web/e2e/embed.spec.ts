import {chat, expect, overflow, test, violations} from './site';

test('the Chat in another page: a frame for each element, with its own tree and colours', async ({page}) => {
  await page.goto('./embed.html');
  const [visa, coffee] = [
    page.frameLocator('iframe[title="UK visa advisor"]'),
    page.frameLocator('iframe[title="Coffee machine advisor"]'),
  ];
  await expect(visa.getByRole('heading', {level: 1, name: 'Do I need a UK visa?'})).toBeVisible();
  await visa.getByRole('button', {name: 'Study', exact: true}).click();
  await expect(visa.locator('#question', {hasText: 'What will you study?'})).toBeVisible();
  await page.locator('treebot-chat').last().scrollIntoViewIfNeeded();
  await expect(coffee.getByRole('heading', {level: 1, name: 'What is wrong with the coffee machine?'})).toBeVisible();
  await expect(coffee.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(visa.locator('html')).not.toHaveAttribute('data-theme', /./);
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({width: 320, height: 640});
  expect(await overflow(page)).toBe(0);
  // What was said is still there when the page is opened again.
  await page.reload();
  await expect(visa.locator('#question', {hasText: 'What will you study?'})).toBeVisible();
});

test('attributes may change, and what was said stays', async ({page}) => {
  await page.goto('./embed.html');
  const element = page.locator('treebot-chat').first();
  const frame = page.frameLocator('iframe[title="UK visa advisor"]');
  await frame.getByRole('button', {name: 'Study', exact: true}).click();
  await expect(frame.locator('#question', {hasText: 'What will you study?'})).toBeVisible();
  await element.evaluate((element) => element.setAttribute('theme', 'dark'));
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(frame.locator('#question', {hasText: 'What will you study?'})).toBeVisible();
  await element.evaluate((element) => element.setAttribute('label', 'Visas'));
  await expect(
    page.frameLocator('iframe[title="Visas"]').locator('#question', {hasText: 'What will you study?'}),
  ).toBeVisible();
  await element.evaluate((element) => element.setAttribute('tree', 'cave'));
  await expect(page.frameLocator('iframe[title="Visas"]').getByRole('heading', {name: 'The cave'})).toBeVisible();
});

test('another advisor that is chosen within the frame stays within it, in its colours', async ({page}) => {
  await page.goto('./embed.html');
  const element = page.locator('treebot-chat').last();
  await element.scrollIntoViewIfNeeded();
  const frame = page.frameLocator('iframe[title="Coffee machine advisor"]');
  await frame.getByText('Menu', {exact: true}).click();
  await frame.getByRole('link', {name: 'The cave'}).click();
  await expect(frame.getByRole('heading', {level: 1, name: 'The cave'})).toBeVisible();
  for (const attribute of ['data-embed', 'data-theme']) {
    await expect(frame.locator('html')).toHaveAttribute(attribute, attribute === 'data-theme' ? 'dark' : '');
  }
});

test('a place is where a conversation begins, and takes nobody away from where theirs has gone', async ({page}) => {
  await page.goto('./#tree=first');
  await chat(page).choice('study').click();
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', {value: undefined}));
  await page.getByRole('checkbox', {name: 'with my answers'}).check();
  await chat(page).choice('Copy link').click();
  const link = new URL(await page.getByRole('textbox', {name: 'Link'}).inputValue());
  const place = new URLSearchParams(link.hash.slice(1)).get('p') ?? '';
  await chat(page).choice('Clear').click();
  await page.goto('./embed.html');
  await page
    .locator('treebot-chat')
    .first()
    .evaluate((element, place) => {
      element.setAttribute('place', place);
      element.setAttribute('tree', 'first');
    }, place);
  const frame = page.frameLocator('iframe[title="UK visa advisor"]');
  const newest = frame.getByRole('region', {name: 'Conversation'}).locator('.turn').last();
  await expect(newest).toContainText('How long do you need to stay?');
  await frame.getByRole('button', {name: 'more than 6 months', exact: true}).click();
  await expect(newest).toContainText('A long-term study visa fits.');
  await page
    .locator('treebot-chat')
    .first()
    .evaluate((element) => element.setAttribute('theme', 'dark'));
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(newest).toContainText('A long-term study visa fits.');
  await expect(frame.getByText('A link has led here.')).toHaveCount(0);
});

test('what stands in an attribute can only name a tree, a colour, a place', async ({page}) => {
  await page.goto('./embed.html');
  const element = page.locator('treebot-chat').first();
  await element.evaluate((element) => {
    element.setAttribute('tree', '"><script>window.ran=1</script>');
    element.setAttribute('theme', 'javascript:1');
    element.setAttribute('place', '../../x#tree=cave');
  });
  const frame = page.frameLocator('iframe[title="UK visa advisor"]');
  await expect(frame.getByText('The link that you followed is damaged')).toBeVisible();
  await expect(frame.getByRole('heading', {level: 1, name: 'Do I need a UK visa?'})).toBeVisible();
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});

test('the styles of the page around it do not reach the Chat, nor the other way round', async ({page}) => {
  await page.goto('./embed.html');
  const frame = page.frameLocator('iframe[title="UK visa advisor"]');
  await expect(frame.getByRole('button', {name: 'Study', exact: true})).toBeVisible();
  const heading = page.getByRole('heading', {level: 1, name: 'The Chat within another page'});
  const size = await heading.evaluate((element) => getComputedStyle(element).fontSize);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('button, iframe button, * button { display: none !important }');
    document.adoptedStyleSheets = [sheet];
  });
  await expect(frame.getByRole('button', {name: 'Study', exact: true})).toBeVisible();
  expect(await heading.evaluate((element) => getComputedStyle(element).fontSize)).toBe(size);
});

test('by keyboard one gets into the frame, through it and out again', async ({page}) => {
  await page.goto('./embed.html');
  const frame = page.frameLocator('iframe[title="UK visa advisor"]');
  await expect(chat(page).choices).toHaveCount(0);
  await expect(frame.locator('button.choice').first()).toBeVisible();
  let inside = false;
  for (let tabs = 0; tabs < 60; tabs += 1) {
    await page.keyboard.press('Tab');
    const out = await page.evaluate(() => document.activeElement?.tagName);
    if (out === 'TREEBOT-CHAT') inside = true;
    if (inside && out === 'A') return;
  }
  throw new Error('the focus does not leave the frames');
});
