// What assistive technology is told of the page, in each of its states. `npx playwright test -u` writes what is new.

import {chat, expect, FIRST, publish, test, trap} from './site';

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

  test('an engine that stopped', async ({page: at, watched}) => {
    watched.allowErrors();
    await trap(at);
    await expect(at.getByRole('heading', {name: 'The advisor stopped'})).toBeVisible();
    await expect(page(at)).toMatchAriaSnapshot({name: 'stopped.yml'});
  });
});

test('an engine that does not start', async ({page: at, watched}) => {
  watched.allowErrors();
  await at.route('**/*.wasm', (route) => route.abort());
  await at.goto('./#tree=cave');
  await expect(at.getByText('You stand at the mouth of a cave.')).toBeVisible();
  await expect(page(at)).toMatchAriaSnapshot({name: 'failed.yml'});
});
