// What assistive technology is told of the page, in each of its states. `npx playwright test -u` writes what is new.

import {chat, expect, FIRST, FIRST_KEY, fillStorage, publish, test, trap} from './site';

const TREE = `
title: Tea
about: Checked on 1 May 2026.
say: Tea?
answers:
  green: {say: Hot?, id: hot, answers: {very: 'Careful. See [how](https://tea.example/hot).', a bit: Here.}}
  none: Bye.
`;

const page = (page: import('@playwright/test').Page) => page.locator('body');

test.beforeEach(async ({page}) => {
  await page.setViewportSize({width: 1280, height: 800});
});

test('the opening, before the engine is there', async ({page: at}) => {
  await at.route('**/*.wasm', () => {});
  await at.goto('./');
  await expect(at.locator('.composer')).toMatchAriaSnapshot({name: 'opening.yml'});
  // The words of the visa advisor are its own business.
  for (const part of ['.transcript', '.foot']) await expect(at.locator(part)).toBeVisible();
  await expect(at.locator('.privacy')).toMatchAriaSnapshot({name: 'opening-privacy.yml'});
  await expect(at.getByRole('group', {name: 'Why do you want to come to the UK?'}).getByRole('link')).not.toHaveCount(
    0,
  );
});

test('waiting for another advisor: there is nothing to read yet, and that is seen', async ({page: at}) => {
  await at.route('**/*.wasm', () => {});
  await at.goto(FIRST);
  expect(await page(at).ariaSnapshot()).toBe('');
  const block = await at.locator('#app').evaluate((app) => {
    const {content, height, backgroundColor} = getComputedStyle(app, '::before');
    return [content, Number.parseFloat(height) > 50, backgroundColor !== 'rgba(0, 0, 0, 0)'];
  });
  expect(block).toEqual(['""', true, true]);
});

test.describe('a small tree', () => {
  test.beforeEach(async ({page: at}) => {
    await publish(at, TREE);
    await at.goto(FIRST);
    await expect(chat(at).choices.first()).toBeVisible();
  });

  test('a question', async ({page: at}) => {
    await expect(page(at)).toMatchAriaSnapshot({name: 'question.yml'});
  });

  test('after an answer', async ({page: at}) => {
    await chat(at).choice('green').click();
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await expect(page(at)).toMatchAriaSnapshot({name: 'answered.yml'});
  });

  test('while something is typed', async ({page: at}) => {
    await chat(at).input.fill('gr');
    await expect(page(at)).toMatchAriaSnapshot({name: 'typing.yml'});
  });

  test('what is not understood', async ({page: at}) => {
    await chat(at).choice('green').click();
    await chat(at).type('bananas');
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await expect(page(at)).toMatchAriaSnapshot({name: 'unclear.yml'});
  });

  test('a result', async ({page: at}) => {
    await chat(at).choice('green').click();
    await chat(at).choice('very').click();
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await expect(page(at)).toMatchAriaSnapshot({name: 'result.yml'});
  });

  test('changing an answer, and having changed it', async ({page: at}) => {
    await chat(at).choice('green').click();
    await chat(at).choice('very').click();
    await chat(at).answers.getByRole('button', {name: /Tea/}).click();
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await expect(page(at)).toMatchAriaSnapshot({name: 'changing.yml'});
    await at.getByRole('group', {name: 'Tea?'}).getByRole('button', {name: 'none'}).click();
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await expect(page(at)).toMatchAriaSnapshot({name: 'changed.yml'});
  });

  test('after clearing', async ({page: at}) => {
    await chat(at).choice('green').click();
    await chat(at).choice('Clear').click();
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await expect(page(at)).toMatchAriaSnapshot({name: 'cleared.yml'});
  });

  test('the menu', async ({page: at}) => {
    await at.getByText('Menu', {exact: true}).click();
    await expect(at.getByRole('banner')).toMatchAriaSnapshot({name: 'menu.yml'});
  });

  test('a phone', async ({page: at}) => {
    await at.setViewportSize({width: 360, height: 740});
    await chat(at).choice('green').click();
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await chat(at).answers.getByRole('button').first().click();
    await expect(page(at)).toMatchAriaSnapshot({name: 'phone.yml'});
  });

  test('storage that is blocked', async ({page: at}) => {
    await at.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
    await at.reload();
    await expect(at.getByText('does not let the page keep anything')).toBeVisible();
    await expect(page(at)).toMatchAriaSnapshot({name: 'blocked.yml'});
  });

  test('a tree that has changed, and a link that leads nowhere', async ({page: at}) => {
    await chat(at).choice('green').click();
    await at.unroute('**/trees/first.tree');
    await publish(at, TREE.replace('green', 'black'));
    await at.reload();
    await expect(at.getByText('was updated since')).toBeVisible();
    await expect(page(at)).toMatchAriaSnapshot({name: 'updated.yml'});
    await at.goto('about:blank');
    await at.goto(`${FIRST}&p=junk`);
    await expect(at.getByText('is damaged')).toBeVisible();
    await expect(at.locator('.notices')).toMatchAriaSnapshot({name: 'damaged-link.yml'});
  });

  test('a question back', async ({page: at}) => {
    await at.unroute('**/trees/first.tree');
    await publish(at, TREE.replace('very:', 'dark milk:').replace('a bit:', 'white milk:'));
    await at.reload();
    await chat(at).choice('green').click();
    await chat(at).type('milk');
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await expect(at.locator('.transcript')).toMatchAriaSnapshot({name: 'did-you-mean.yml'});
  });

  test('what was done, and that it was undone', async ({page: at}) => {
    const notices = at.locator('.notices');
    await chat(at).choice('green').click();
    await chat(at).choice('Start again').click();
    await expect(notices).toMatchAriaSnapshot({name: 'restarted.yml'});
    await chat(at).choice('Undo').click();
    await expect(notices).toMatchAriaSnapshot({name: 'undone.yml'});
    await at.getByRole('checkbox', {name: 'with my answers'}).check();
    await at.evaluate(() => Object.defineProperty(navigator, 'clipboard', {value: undefined}));
    await chat(at).choice('Copy link').click();
    const link = await at.getByRole('textbox', {name: 'Link'}).inputValue();
    await chat(at).choice('Start again').click();
    await at.goto('about:blank');
    await at.goto(link);
    await expect(notices).toMatchAriaSnapshot({name: 'followed.yml'});
  });

  test('a result that holds no more, and an end with new words', async ({page: at}) => {
    await chat(at).choice('green').click();
    await chat(at).choice('very').click();
    await chat(at).answers.getByRole('button', {name: /Hot/}).click();
    await at.getByRole('group', {name: 'Hot?'}).getByRole('button', {name: 'a bit'}).click();
    await expect(at.getByRole('log')).toBeEmpty({timeout: 3000});
    await expect(at.locator('.transcript')).toMatchAriaSnapshot({name: 'earlier.yml'});
    await at.unroute('**/trees/first.tree');
    await publish(at, TREE.replace('Here.', 'There.'));
    await at.reload();
    await expect(at.locator('.notices')).toMatchAriaSnapshot({name: 'reworded.yml'});
  });

  test('what another tab has done', async ({page: at, context}) => {
    const other = await context.newPage();
    await publish(other, TREE);
    await other.goto(FIRST);
    await chat(other).choice('green').click();
    await expect(at.locator('.notices')).toMatchAriaSnapshot({name: 'moved.yml'});
    await chat(other).choice('Clear').click();
    await expect(at.locator('.notices')).toMatchAriaSnapshot({name: 'deleted.yml'});
  });

  test('no network', async ({page: at, context}) => {
    await context.setOffline(true);
    await expect(at.locator('.notices')).toMatchAriaSnapshot({name: 'offline.yml'});
    await context.setOffline(false);
  });

  for (const keeping of ['kept', 'blocked'] as const) {
    test(`a newer version of the page that is ready, where a conversation is ${keeping}`, async ({page: at}) => {
      await at.addInitScript((keeping) => {
        if (keeping === 'blocked') {
          Object.defineProperty(window, 'localStorage', {
            get() {
              throw new DOMException('denied', 'SecurityError');
            },
          });
        }
        // The worker of offline.spec.ts is a real one; this one waits as soon as the test says so.
        const installing = new EventTarget();
        const registration = Object.assign(new EventTarget(), {installing, waiting: null as unknown});
        const register = async () => {
          setTimeout(() => document.documentElement.setAttribute('data-registered', ''));
          return registration;
        };
        const serviceWorker = Object.assign(new EventTarget(), {controller: {}, register});
        Object.defineProperty(navigator, 'serviceWorker', {value: serviceWorker});
        addEventListener('newer', () => {
          registration.dispatchEvent(new Event('updatefound'));
          registration.waiting = {postMessage() {}};
          installing.dispatchEvent(new Event('statechange'));
        });
      }, keeping);
      await at.reload();
      await expect(at.locator('html[data-registered]')).toHaveCount(1);
      await chat(at).choice('green').click();
      await expect(chat(at).newest).toContainText('Hot?');
      await at.evaluate(() => dispatchEvent(new Event('newer')));
      await expect(at.getByRole('button', {name: 'Use it now'})).toBeVisible();
      await expect(at.locator('.notices')).toMatchAriaSnapshot({name: `newer-version-${keeping}.yml`});
    });
  }

  test('a browser without room, and one that refuses to delete', async ({page: at}) => {
    await chat(at).choice('green').click();
    await fillStorage(at);
    await chat(at).choice('very').click();
    await expect(at.locator('.foot')).toMatchAriaSnapshot({name: 'full.yml'});
    await at.evaluate(() => {
      Storage.prototype.removeItem = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    });
    await chat(at).choice('Clear').click();
    await expect(at.locator('.notices')).toMatchAriaSnapshot({name: 'refused.yml'});
  });

  for (const [name, document] of [
    ['unreadable', 'junk'],
    ['newer', '{"treebot":"history","version":99,"events":[]}'],
  ] as const) {
    test(`a document that is ${name}`, async ({page: at}) => {
      await at.evaluate(([key, document]) => localStorage.setItem(key, document), [FIRST_KEY, document] as const);
      await at.reload();
      await expect(at.locator('.foot')).toMatchAriaSnapshot({name: `${name}.yml`});
    });
  }

  test('an engine that stopped', async ({page: at, watched}) => {
    watched.allowErrors();
    await trap(at);
    await expect(at.getByRole('heading', {name: 'The advisor stopped'})).toBeVisible();
    await expect(page(at)).toMatchAriaSnapshot({name: 'stopped.yml'});
  });
});

test('an advisor that is not there', async ({page: at, watched}) => {
  watched.allowErrors();
  await at.goto('./#tree=nowhere');
  await expect(at.getByRole('alert')).toBeVisible();
  await expect(page(at)).toMatchAriaSnapshot({name: 'missing.yml'});
});

test('an engine that does not start', async ({page: at, watched}) => {
  watched.allowErrors();
  await at.route('**/*.wasm', (route) => route.abort());
  await at.goto('./#tree=cave');
  await expect(at.getByText('You stand at the mouth of a cave.')).toBeVisible();
  await expect(page(at)).toMatchAriaSnapshot({name: 'failed.yml'});
});
