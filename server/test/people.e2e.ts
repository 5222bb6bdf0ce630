import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { io } from 'socket.io-client';
import type { UserView } from '../panel/wire.ts';
import { seriousFaults } from './axe.ts';
import { openBrowser, openPage, openPageAs, type Watched } from './browser.ts';
import { claim, type Person, type Product, startProduct, temporaryFolder } from './product.ts';

// People, tokens and guests, by hand: somebody is let in, gets another role, makes a token, and is deleted; somebody who never
// signed in watches for as long as that is allowed.

const OWN = 'what bob alone knows';
const folder = temporaryFolder();
let product: Product;
let owner: Person;
let browser: Browser;
let ada: Watched;
let bob: Watched;

before(async () => {
  product = await startProduct(folder.path);
  owner = await claim(product);
  browser = await openBrowser();
  ada = await openPageAs(browser, product.ready.url, owner.cookie(), { bypassCSP: true });
  bob = await openPage(browser, product.ready.url, { bypassCSP: true });
  for (const { page } of [ada, bob]) page.setDefaultTimeout(15_000);
});
after(async () => {
  await browser?.close();
  await product?.stop();
  folder.remove();
});

const go = async (page: Page, path: string) => {
  await page.goto(product.ready.url + path);
  await page.locator('main h1').first().waitFor();
};
const personIn = (page: Page, name: string): Locator => page.locator(`[data-person="${name}"]`);
const confirm = async (page: Page, question: RegExp, yes: string) => {
  const dialog = page.getByRole('dialog');
  await dialog.getByText(question).waitFor();
  await dialog.getByRole('button', { name: yes }).click();
  await dialog.waitFor({ state: 'detached' });
};
async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByTestId('login-name').fill(name);
  await page.getByTestId('login-password').fill(password);
  await page.getByTestId('login-submit').click();
}
const atTheDoor = (page: Page) => page.waitForURL(/\/login/, { timeout: 10_000 });

test('a person is added with a password that the board makes, and chooses their own at the door', async () => {
  const { page } = ada;
  await go(page, '/settings');
  await page.getByTestId('people-add').click();
  await page.getByTestId('person-add').click();
  await page.getByText('A name is needed.').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('ada');
  await page.getByTestId('person-add').click();
  await page.getByText('There is somebody of this name already.').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('bob');
  await page.getByTestId('person-add').click();
  const initial = await page.getByTestId('told-once').inputValue();
  assert.match(initial, /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
  await page.getByRole('button', { name: 'Done' }).click();
  await personIn(page, 'bob').getByText('Has a password that was made for them').waitFor();
  assert.equal(await personIn(page, 'ada').getByRole('button').count(), 0, 'nobody changes the owner');

  await go(bob.page, '/settings');
  await atTheDoor(bob.page);
  await signIn(bob.page, 'bob', initial);
  await bob.page.getByText('This password was made for you').waitFor();
  await bob.page.getByTestId('login-new-password').fill(OWN);
  await bob.page.getByTestId('login-new-password2').fill('something else');
  await bob.page.getByTestId('login-submit').click();
  await bob.page.getByText('The two passwords are not the same.').waitFor();
  await bob.page.getByTestId('login-new-password2').fill(OWN);
  await bob.page.getByTestId('login-submit').click();
  await bob.page.getByText('Signed in as bob, may run experiments').waitFor();
  assert.equal(await bob.page.getByTestId('people').count(), 0, 'people are an administrator’s');
});

test('a token is shown once, opens the board for a program, and is cut off when it is revoked', async () => {
  const { page } = bob;
  await page.getByTestId('tokens-add').click();
  assert.deepEqual(await page.getByLabel('Role').locator('option').allInnerTexts(), [
    'Viewer: may look',
    'Operator: may run experiments',
  ]);
  await page.getByLabel('Name', { exact: true }).fill('nightly');
  await page.getByLabel('Ends').selectOption('never');
  await page.getByTestId('token-create').click();
  const token = await page.getByTestId('told-once').inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  const me = () => fetch(`${product.ready.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.deepEqual(await (await me()).json(), { name: 'bob', role: 'operator' });
  await page.getByText(`${token.slice(0, 7)}… · never used · never ends`).waitFor();
  assert.ok(!(await page.content()).includes(token));
  await go(ada.page, '/settings');
  await ada.page.locator('[data-token=nightly]').getByText('of bob').waitFor();
  await page.getByRole('button', { name: 'Revoke nightly' }).click();
  await confirm(page, /cut off at once and for good/, 'Revoke');
  await page.getByText('No tokens yet.').waitFor();
  assert.equal((await me()).status, 401);
});

test('another role and a new password each put a person before the door, wherever they are', async () => {
  const { page } = ada;
  await bob.page.locator('[data-connection=live]').waitFor();
  await page.getByLabel('Role of bob').selectOption('viewer');
  await confirm(page, /Make bob Viewer\? bob is signed out everywhere/, 'Change the role');
  await atTheDoor(bob.page);
  await signIn(bob.page, 'bob', OWN);
  await bob.page.getByText('Signed in as bob, may look').waitFor();
  await bob.page.locator('[data-connection=live]').waitFor();
  await page.getByRole('button', { name: 'New password for bob' }).click();
  await page.getByRole('dialog').getByLabel('New password').fill(`${OWN}, anew`);
  await page.getByRole('button', { name: 'Set it' }).click();
  await page.getByTestId('toasts').getByText('The password of bob is changed.').waitFor();
  await atTheDoor(bob.page);
  await signIn(bob.page, 'bob', `${OWN}, anew`);
  await bob.page.getByText('Signed in as bob').waitFor();
});

test('whoever is deleted is out, and what is lost was said before', async () => {
  const { page } = ada;
  await go(page, '/settings');
  await page.getByRole('button', { name: 'Delete bob' }).click();
  await confirm(
    page,
    /Lost at once: 1 session, 0 tokens, and the way in\. What they launched and wrote stays/,
    'Delete bob',
  );
  await page.getByTestId('toasts').getByText('bob is deleted.').waitFor();
  await personIn(page, 'bob').waitFor({ state: 'detached' });
  await atTheDoor(bob.page);
});

test('where watching is open a guest sees the board and how to sign in, acts nowhere, and is out when it is closed', async () => {
  const guest = await openPage(browser, product.ready.url, { bypassCSP: true });
  guest.page.setDefaultTimeout(15_000);
  await guest.page.goto(product.ready.url);
  await atTheDoor(guest.page);
  assert.equal(await guest.page.getByTestId('login-watch').count(), 0);
  await go(ada.page, '/settings');
  await ada.page.getByTestId('open-watching').getByLabel('On', { exact: true }).check();
  await guest.page.reload();
  await guest.page.getByTestId('login-watch').click();
  for (const path of ['/', '/experiments/new', '/runs', '/units', '/models', '/infer', '/settings']) {
    await go(guest.page, path);
    await guest.page.getByTestId('guest-banner').getByText('Watching without login').waitFor();
    await guest.page.locator('[data-connection=live]').waitFor();
    await guest.page.waitForTimeout(300);
    const buttons = await guest.page.locator('button:enabled:visible, a.btn:visible').allInnerTexts();
    const acting =
      /^(Stop|Measure|Add .*|Delete.*|Launch|Queue after|Run again|Archive|Crash|Create a token|Change it|Sign out.*|Run it)$/;
    assert.deepEqual(
      buttons.map((text) => text.trim()).filter((text) => acting.test(text)),
      [],
      path,
    );
    assert.deepEqual(await seriousFaults(guest.page), [], path);
  }
  await guest.page.getByRole('button', { name: 'Account' }).click();
  await guest.page.getByRole('link', { name: 'Sign in' }).last().waitFor();
  await guest.page.keyboard.press('Escape');
  const { id } = await owner.post<UserView>('/users', { name: 'gina', role: 'operator', password: OWN });
  await go(bob.page, '/login');
  await signIn(bob.page, 'gina', OWN);
  await bob.page.getByRole('button', { name: 'Measure' }).first().waitFor();
  await owner.ask('DELETE', `/users/${id}`);
  await bob.page.getByTestId('guest-banner').waitFor();
  assert.equal(
    await bob.page.getByRole('button', { name: 'Measure' }).count(),
    0,
    'what she might no longer do is gone',
  );
  await ada.page.getByTestId('open-watching').getByLabel('Off', { exact: true }).check();
  await atTheDoor(bob.page);
  await atTheDoor(guest.page);
  assert.deepEqual(guest.foreign, []);
});

test('a page for which there is no live connection left says so, and follows as soon as one is closed', async () => {
  const extraHeaders = { origin: product.ready.url, cookie: owner.cookie() };
  const options = { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders };
  const open = (await ada.page.locator('[data-connection=live]').count()) > 0 ? 1 : 0;
  const others = Array.from({ length: 32 - open }, () => io(product.ready.url, options));
  await Promise.all(others.map((socket) => new Promise((resolve) => socket.once('hello', resolve))));
  const { page, context } = await openPageAs(browser, product.ready.url, owner.cookie());
  await go(page, '/runs');
  await page.getByText('Too many tabs and programs are live').waitFor();
  others[0]?.close();
  await page.locator('[data-connection=live]').waitFor({ timeout: 20_000 });
  assert.equal(await page.getByText('Too many tabs and programs are live').count(), 0);
  for (const socket of others) socket.close();
  await context.close();
});

for (const language of ['en-GB', 'ko-KR'])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`people and tokens are accessible and fit a phone, in ${language}, ${colorScheme}`, async () => {
      const viewport = { width: 390, height: 844 };
      const options = { locale: language, colorScheme, viewport, hasTouch: true, isMobile: true, bypassCSP: true };
      if (language === 'en-GB' && colorScheme === 'light') {
        const long = 'somebody whose name is nearly as long as a name may be, at all';
        await owner.post('/users', { name: long, role: 'operator', password: null });
        await owner.post('/tokens', { name: long, role: 'viewer', expiresInDays: 30 });
      }
      const { page, context, problems } = await openPageAs(browser, product.ready.url, owner.cookie(), options);
      await go(page, '/settings');
      await page.locator('[data-person]').nth(1).waitFor();
      await page.locator('[data-token]').first().waitFor();
      await page.getByTestId('open-watching').waitFor();
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok((await over()) <= 0, `${await over()} px too wide`);
      assert.deepEqual(await seriousFaults(page), []);
      for (const opens of ['people-add', 'tokens-add']) {
        await page.getByTestId(opens).tap();
        await page.getByRole('dialog').waitFor();
        assert.deepEqual(await seriousFaults(page), [], opens);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      assert.deepEqual(problems, []);
      await context.close();
    });

test('nobody’s console had anything to complain of but refusals', () => {
  for (const { problems, foreign } of [ada, bob]) {
    assert.deepEqual(
      problems.filter((problem) => !/40[139] \(/.test(problem)),
      [],
    );
    assert.deepEqual(foreign, []);
  }
});
