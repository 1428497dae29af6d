import {chat, expect, FIRST, FIRST_KEY, overflow, publish, test, violations} from './site';
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

const RTL = `
title: تأشيرة
lang: ar
about: تم التحقق في 1 مايو 2026.
say: لماذا تأتي؟
answers:
  دراسة: {say: كم من الوقت؟, answers: {شهر: 'تأشيرة قصيرة. انظر [هنا](https://www.gov.uk/x).', سنة: تأشيرة طويلة.}}
  عمل: تأشيرة عمل.
`;
const LTR = `
title: Visa
about: Checked on 1 May 2026.
say: Why do you come?
answers:
  study: {say: How long?, answers: {month: 'A short visa. See [here](https://www.gov.uk/x).', year: A long visa.}}
  work: A work visa.
`;

for (const [direction, source] of [
  ['ltr', LTR],
  ['rtl', RTL],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 1280]) {
      for (const forcedColors of ['none', 'active'] as const) {
        // The system's own colours are neither light nor dark.
        if (forcedColors === 'active' && colorScheme === 'dark') continue;
        const mode = forcedColors === 'active' ? ', forced colours' : '';
        test(`axe finds nothing in any state: ${direction}, ${colorScheme}, ${width} px${mode}`, async ({page}) => {
          test.slow();
          await page.setViewportSize({width, height: 720});
          await page.emulateMedia({colorScheme, forcedColors});
          await publish(page, source);
          await page.goto(FIRST);
          const {choices, choice, answers, ended, input} = chat(page);
          const clean = async (state: string) => {
            expect(await violations(page), state).toEqual([]);
            expect(await overflow(page), state).toBe(0);
          };
          await expect(choices.first()).toBeVisible();
          await expect(page.locator('html')).toHaveAttribute('dir', direction);
          await clean('a question');
          await page.getByText('Menu', {exact: true}).click();
          await clean('the menu');
          await page.keyboard.press('Escape');
          await input.fill('zzz');
          await clean('typing what fits nothing');
          await page.keyboard.press('Enter');
          await clean('what was not understood');
          await choices.first().click();
          if (width === 320) await answers.getByRole('button').first().click();
          await clean('after an answer');
          await answers.getByRole('listitem').first().getByRole('button').click();
          await clean('changing it');
          await page.keyboard.press('Escape');
          await choices.first().click();
          await expect(ended).toBeVisible();
          await page.getByText('Save', {exact: true}).first().click();
          await clean('a result, with the ways to save it');
          await choice('Clear').click();
          await clean('cleared');
        });
      }
    }
  }
}

test("the tree's words are marked as its language, and the page's own as English", async ({page}) => {
  await page.setViewportSize({width: 1280, height: 720});
  await publish(page, RTL);
  await page.goto(FIRST);
  const {choices, answers, ended} = chat(page);
  const wrong = () =>
    page.locator('#app').evaluate((app) => {
      const texts = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const lang = node.parentElement?.closest('[lang]')?.getAttribute('lang');
        const words = node.textContent ?? '';
        if (/\p{Script=Arabic}/u.test(words) && lang !== 'ar') found.push(`${lang}: ${words}`);
        // What the engine says of itself, it says in the language of the tree as far as it knows that.
        const own = /^(Advisor| ?said:|You said:|Change|Keep|Send|Menu|Your answer|Because|Print|Save|Copy|Stays)/;
        if (own.test(words) && lang !== 'en') found.push(`${lang}: ${words}`);
      }
      for (const named of app.querySelectorAll('[aria-label]')) {
        if (named.closest('[lang]')?.getAttribute('lang') !== 'en') found.push(`${named.ariaLabel}`);
      }
      return found;
    });
  await expect(choices.first()).toBeVisible();
  expect(await wrong(), 'a question').toEqual([]);
  await choices.first().click();
  expect(await wrong(), 'after an answer').toEqual([]);
  await answers.getByRole('listitem').first().getByRole('button').click();
  await expect(page.locator('.keep')).toBeVisible();
  expect(await wrong(), 'changing it').toEqual([]);
  await page.keyboard.press('Escape');
  await choices.first().click();
  await expect(ended).toBeVisible();
  expect(await wrong(), 'a result').toEqual([]);
});

test('a page from right to left is that as a whole', async ({page}) => {
  await page.setViewportSize({width: 1280, height: 720});
  await publish(page, RTL);
  await page.goto(FIRST);
  await chat(page).choices.first().click();
  const box = async (selector: string) => {
    const found = await page.locator(selector).last().boundingBox();
    if (!found) throw new Error(`${selector} is not seen`);
    return found;
  };
  const [bot, you, beside] = [await box('.turn.bot'), await box('.turn.you'), await box('.aside')];
  expect(you.x).toBeLessThan(bot.x + bot.width / 2);
  expect(beside.x).toBeLessThan(you.x + 1);
  // The page's own words are English, and begin at the right as all others do.
  await chat(page).choices.first().click();
  for (const selector of ['.aside h2', '.aside .soft', '.why h3', '.end']) {
    expect(await page.locator(selector).evaluate((element) => getComputedStyle(element).textAlign)).toBe('right');
  }
});

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

test('new messages are still read out after hundreds of others', async ({page}) => {
  await page.goto(FIRST);
  const {choice, newest, type} = chat(page);
  await choice('study').click();
  // As if as much had been said as is kept: the newest event many times over, each later than the one before.
  await page.evaluate((key) => {
    const document = JSON.parse(localStorage.getItem(key) ?? '');
    const newest = document.events.at(-1);
    for (let number = 1; document.events.length < 500; number += 1) {
      document.events.push({...newest, i: `x${number}`, t: newest.t + number});
    }
    localStorage.setItem(key, JSON.stringify(document));
  }, FIRST_KEY);
  await page.reload();
  await expect(page.locator('.turn')).not.toHaveCount(3);
  const log = page.getByRole('log');
  for (let turn = 0; turn < 3; turn += 1) {
    await expect(log).toBeEmpty({timeout: 3000});
    await type('bananas');
    await expect(log).toContainText("didn't understand");
  }
  await expect(newest).toContainText("didn't understand");
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
    const {choices, ended, newest} = chat(page);
    await expect(choices.first()).toBeVisible();
    expect(await overflow(page)).toBe(0);
    for (let step = 0; step < 25 && (await choices.count()) > 0; step += 1) {
      await choices.last().click();
      expect(await overflow(page)).toBe(0);
    }
    await expect(ended).toBeVisible();
    await expect(newest.getByRole('heading').first()).toBeInViewport();
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
  await page.getByText('Menu', {exact: true}).click();
  for (const target of await page.locator(':is(button, summary, .tick, .privacy a, .sheet a)').all()) {
    const box = await target.boundingBox();
    expect(box?.height, await target.innerText()).toBeGreaterThanOrEqual(44);
  }
});

test('a picture has its words', async ({page}) => {
  const picture = 'https://127.0.0.1/map.svg';
  await page.route(picture, (route) =>
    route.fulfill({contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>'}),
  );
  await publish(page, `say: Where?\nanswers: {here: {say: [{image: '${picture}', alt: A map of the town}, Done.]}}\n`);
  await page.goto(FIRST);
  await chat(page).choice('here').click();
  await expect(page.getByRole('img', {name: 'A map of the town'})).toHaveCount(1);
});

for (const [width, height] of [
  [360, 740],
  [320, 640],
] as const) {
  test(`nothing that is in focus is covered, whatever there is to say (${width} × ${height})`, async ({
    page,
    context,
  }) => {
    test.slow();
    await page.setViewportSize({width, height});
    await page.goto('./');
    const {answers, choice, choices, input} = chat(page);
    /** Goes through all that Tab reaches, and names what is not seen then. */
    const covered = async () => {
      await page.evaluate(() => {
        scrollTo(0, 0);
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
      const found: string[] = [];
      for (let tabs = 0; tabs < 60; tabs += 1) {
        await page.keyboard.press('Tab');
        const seen = await page.evaluate(() => {
          const focused = document.activeElement;
          if (!focused || focused === document.body) return undefined;
          // What is higher than the screen is seen in part.
          if (focused.matches('.transcript, .replies')) return '';
          const {left, top, right, bottom, width, height} = focused.getBoundingClientRect();
          const hit = document.elementFromPoint(left + width / 2, top + height / 2);
          const isSeen = hit && (focused.contains(hit) || hit.contains(focused));
          const isWithin = top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
          return isSeen && isWithin ? '' : `${focused.textContent} ${Math.round(top)}-${Math.round(bottom)}`;
        });
        if (seen === undefined) return found;
        if (seen !== '') found.push(seen);
      }
      throw new Error('Tab never leaves the page');
    };
    await expect(choices.first()).toBeVisible();
    expect(await covered(), 'at the start').toEqual([]);
    await choice('Study').click();
    await choices.first().click();
    await answers.getByRole('button').first().click();
    await answers
      .getByRole('button', {name: /Change/})
      .first()
      .click();
    await page
      .getByRole('group', {name: /Why do you want/})
      .getByRole('button', {name: 'Work'})
      .first()
      .click();
    await expect(page.locator('.notice')).toHaveCount(1);
    expect(await covered(), 'with a notice').toEqual([]);
    await input.fill('w');
    expect(await covered(), 'and while something is typed').toEqual([]);
    await input.fill('');
    await context.setOffline(true);
    await choice('Start again').click();
    await expect(page.locator('.notice')).toHaveCount(2);
    expect(await covered(), 'with two').toEqual([]);
    await context.setOffline(false);
  });
}

test('with colours that the system forces, senders and focus are still told apart', async ({page}) => {
  await page.emulateMedia({forcedColors: 'active'});
  await page.goto(FIRST);
  const {choice, choices} = chat(page);
  await choice('study').click();
  const border = (selector: string, side: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, side) => getComputedStyle(element).getPropertyValue(`border-${side}-width`), side);
  expect(await border('.turn.bot', 'inline-start')).toBe('3px');
  expect(await border('.turn.you .message', 'inline-start')).toBe('1px');
  await page.keyboard.press('Tab');
  await expect(choices.first()).toBeFocused();
  const ring = await choices.first().evaluate((element) => {
    const {outlineStyle, outlineWidth, outlineOffset} = getComputedStyle(element);
    return [outlineStyle, outlineWidth, outlineOffset];
  });
  expect(ring).toEqual(['solid', '3px', '2px']);
});

test('who wants no motion gets none, and who does not mind gets little', async ({page}) => {
  const moving = () =>
    page.evaluate(() => document.getAnimations().map((animation) => animation.effect?.getTiming().duration));
  await page.goto(FIRST);
  await chat(page).choice('study').click();
  expect(await moving()).toEqual([]);
  await page.emulateMedia({reducedMotion: 'no-preference'});
  await page.reload();
  await chat(page).choices.first().click();
  for (const duration of await moving()) expect(Number(duration)).toBeLessThanOrEqual(160);
});

test('enlarged four times, all can be read and done without scrolling sideways', async ({page}) => {
  // 1280 × 1024 at 400 %.
  await page.setViewportSize({width: 320, height: 256});
  await page.goto('./');
  const {choices, ended, input} = chat(page);
  await expect(choices.first()).toBeVisible();
  for (let step = 0; step < 25 && (await choices.count()) > 0; step += 1) {
    expect(await overflow(page)).toBe(0);
    await choices.first().click();
  }
  await expect(ended).toBeVisible();
  await input.scrollIntoViewIfNeeded();
  await expect(input).toBeInViewport();
  // Nothing covers what is in focus.
  await page.getByRole('button', {name: 'Start again'}).last().focus();
  await expect(page.locator(':focus')).toBeInViewport();
});

test('text that is set twice as large and with wide spacing stays within its place', async ({page}) => {
  await page.setViewportSize({width: 360, height: 740});
  await page.goto(FIRST);
  const {choice, choices} = chat(page);
  await choice('business/work').click();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ':root { font-size: 212% !important } * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
    );
    document.adoptedStyleSheets = [sheet];
  });
  expect(await overflow(page)).toBe(0);
  await choices.last().click();
  expect(await overflow(page)).toBe(0);
});

test('by keyboard alone every question can be answered in every way, down to every end of the visa advisor', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto('./');
  const {choices, ended, newest} = chat(page);
  const group = page.locator('.replies');
  await expect(choices.first()).toBeVisible();
  const question = () => page.evaluate(() => document.getElementById('question')?.textContent ?? '');
  const offered = () => page.evaluate(() => document.querySelectorAll('.choice').length);
  /** Presses Tab until something is in focus. */
  const tabTo = async (name: string) => {
    for (let tabs = 0; tabs < 40; tabs += 1) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate((name) => {
        const {activeElement} = document;
        return activeElement?.matches('button') && activeElement.textContent?.includes(name);
      }, name);
      if (found) return;
    }
    throw new Error(`${name} is not reached by Tab`);
  };
  const restart = async () => {
    await tabTo('Start again');
    await page.keyboard.press('Enter');
    await expect(group).toBeFocused();
  };
  await tabTo('Holiday or visit');

  const seen = new Set<string>();
  const ends = new Set<string>();
  // Which answer of which question is still to be tried, each with the keys that lead to its question.
  const waiting: {keys: string[]}[] = [{keys: []}];
  const asked = new Set<string>();
  let begun = false;
  while (waiting.length > 0) {
    const {keys} = waiting.shift() ?? {keys: []};
    const walk = async (keys: string[]) => {
      if (begun) await restart();
      begun = keys.length > 0;
      for (const key of keys) await page.keyboard.press(key);
    };
    await walk(keys);
    const here = await question();
    if (asked.has(here)) continue;
    asked.add(here);
    const count = await offered();
    for (let number = 1; number <= count; number += 1) {
      await walk([...keys, String(number)]);
      await expect(group).toBeFocused();
      const edge = `${here} ${number}`;
      expect(seen.has(edge)).toBe(false);
      seen.add(edge);
      if ((await offered()) > 0) waiting.push({keys: [...keys, String(number)]});
      else {
        await expect(ended).toBeVisible();
        ends.add(await newest.innerText());
      }
    }
  }
  console.log(`by keyboard: ${asked.size} questions, ${seen.size} answers, ${ends.size} ends`);
  expect(asked.size).toBeGreaterThan(20);
  expect(ends.size).toBeGreaterThan(60);
});
