import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { BoardState, ExperimentView } from '../panel/wire.ts';
import type { Watched } from './browser.ts';
import { OWNER, personAt, posterRequest, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// What stands around every page: the palette, keys, settings, messages, banners, and what is printed.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const stage = await openStage({ timeoutMs: 10_000 });
after(stage.close);
const { owner } = stage;
const first = await owner.post<ExperimentView>(
  '/experiments',
  posterRequest(4, { policies: ['fcfs', 'sjf'], name: 'First' }),
);
await whenOver(owner, first.id);

/** A page of its own for whoever is signed in; ended with the test. */
async function open(path: string, options: BrowserContextOptions = {}, person = owner): Promise<Watched> {
  const watched = await stage.open(options, person);
  await watched.page.goto(stage.url + path);
  await watched.page.locator('[data-connection=live]').waitFor();
  return watched;
}
const toasts = (page: Page) => page.getByTestId('toasts').getByRole('listitem');
const leads = (page: Page, path: string) => page.waitForURL(stage.url + path);

test('palette: pages, runs and actions by their names, and by the keyboard alone', async () => {
  const { page, context } = await open('/');
  const palette = page.getByTestId('palette');
  await page.keyboard.press('Control+k');
  await palette.waitFor();
  await page.keyboard.type('compar');
  await page.keyboard.press('Enter');
  await leads(page, '/compare');
  await palette.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('#2');
  await palette.getByRole('option', { name: /#2 sjf · First/ }).waitFor();
  await page.keyboard.press('Enter');
  await leads(page, `/runs/${first.runs[1]!.id}`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('dark theme');
  await page.keyboard.press('Enter');
  await page.locator('html[data-theme=dark]').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('rockchip');
  await page.keyboard.press('Enter');
  await leads(page, '/units/tinker.npu');
  await page.getByTestId('open-palette').click();
  await page.keyboard.type('no such thing');
  await palette.getByText('Search runs for “no such thing”').click();
  await leads(page, '/runs?q=no%20such%20thing');
  await page.keyboard.press('Control+k');
  await palette.waitFor();
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  await context.close();
});

test('keys: they lead on every page, but not while somebody types, nor once they are switched off', async () => {
  const { page, context } = await open('/');
  await page.keyboard.press('g');
  await page.getByText('Go to …').waitFor();
  await page.keyboard.press('r');
  await leads(page, '/runs');
  await page.getByTestId('runs-row').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('n');
  assert.equal(new URL(page.url()).pathname, '/runs', 'an n in the search is a letter');
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('n');
  assert.equal(new URL(page.url()).pathname, '/runs', 'nor one over a dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await leads(page, '/experiments/new');
  await page.locator('h1').click();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await leads(page, '/settings');
  await page.getByRole('group', { name: 'Keys without Ctrl' }).getByRole('radio', { name: 'Off' }).click();
  await page.locator('h1').click();
  await page.keyboard.press('n');
  await page.keyboard.press('?');
  await page.waitForTimeout(300);
  assert.equal(new URL(page.url()).pathname, '/settings');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').waitFor();
  await context.close();
});

test('keys: S asks before it stops what runs; R and C on a run repeat and compare', async () => {
  const { page, context } = await open('/settings');
  const { id } = await owner.post<ExperimentView>('/experiments', posterRequest(2000, { name: 'Long' }));
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.keyboard.press('s');
  const question = page.getByRole('dialog');
  await question.getByText('what was measured is kept').waitFor();
  await question.getByRole('button', { name: 'Stop it' }).click();
  await question.waitFor({ state: 'detached' });
  assert.equal((await whenOver(owner, id)).status, 'stopped');
  await page.goto(`${stage.url}/runs/${first.runs[0]!.id}`);
  await page.getByTestId('run-rerun').waitFor();
  await page.keyboard.press('c');
  await leads(page, `/compare?r=${first.runs.map((run) => run.id)}`);
  await page.goto(`${stage.url}/runs/${first.runs[0]!.id}`);
  await page.getByTestId('run-rerun').waitFor();
  await page.keyboard.press('r');
  await page.waitForURL((url) => /\/runs\/\d+$/.test(url.pathname) && !url.pathname.endsWith(`/${first.runs[0]!.id}`));
  await page.locator('[data-testid=run-status][data-status=done]').waitFor();
  await context.close();
});

test('a viewer is not led to what a viewer may not do', async () => {
  const watched = await stage.open();
  const { page } = watched;
  await page.route('**/api/v1/me', (route) => route.fulfill({ json: { name: 'eve', role: 'viewer' } }));
  await page.goto(`${stage.url}/settings`);
  await page.getByText('Signed in as eve').waitFor();
  assert.equal(await page.getByTestId('settings-database').count(), 0);
  await page.keyboard.press('n');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new');
  await page.getByTestId('palette').waitFor();
  assert.equal(await page.getByRole('option', { name: 'New experiment' }).count(), 0);
  assert.equal(new URL(page.url()).pathname, '/settings');
  await watched.context.close();
});

test('messages: what ends and what befalls a unit is told on another page, and leads there', async () => {
  const { page, context } = await open('/settings');
  const done = await owner.post<ExperimentView>('/experiments', posterRequest(3, { name: 'Elsewhere' }));
  await toasts(page).filter({ hasText: '“Elsewhere” is done: 1 run.' }).waitFor();
  await page.getByRole('status').filter({ hasText: '“Elsewhere” is done' }).waitFor({ state: 'attached' });
  await owner.post('/units/tinker.npu/fault', { kind: 'leave' });
  await toasts(page).filter({ hasText: 'Rockchip NPU is gone' }).waitFor();
  await owner.post('/units/tinker.npu/fault', { kind: 'return' });
  await toasts(page).filter({ hasText: 'Rockchip NPU is back' }).waitFor();
  const back = toasts(page).getByRole('link', { name: /Rockchip NPU is back/ });
  assert.equal(await back.getAttribute('href'), '/units/tinker.npu');
  const over = toasts(page).getByRole('link', { name: /Elsewhere/ });
  await over.click();
  await leads(page, `/runs/${done.runs[0]!.id}`);
  await context.close();
});

/** In place of the browser's own messages, which a test could not read. */
const STAND_IN = `
  window.said = [];
  window.lookAway = false;
  window.Notification = class {
    static permission = 'default';
    static async requestPermission() { return (this.permission = 'granted'); }
    constructor(title, { body }) { said.push(body); }
  };
  Object.defineProperty(document, 'hidden', { get: () => lookAway });
`;

test('messages: the browser says them while the page is hidden, once somebody has asked for it', async () => {
  const watched = await stage.open();
  const { page } = watched;
  await page.addInitScript(STAND_IN);
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  await page.goto(`${stage.url}/settings`);
  await page.locator('[data-connection=live]').waitFor();
  const run = async (experiment: string) => {
    const { id } = await owner.post<ExperimentView>('/experiments', posterRequest(2, { name: experiment }));
    await whenOver(owner, id);
    await toasts(page).filter({ hasText: experiment }).waitFor();
  };
  await page.evaluate(() => Object.assign(window, { lookAway: true }));
  await run('Silent');
  assert.deepEqual(await said(), []);
  await page.getByRole('group', { name: 'Messages of the browser' }).getByRole('radio', { name: 'On' }).click();
  await run('Asked');
  assert.deepEqual(await said(), ['“Asked” is done: 1 run.']);
  await page.evaluate(() => Object.assign(window, { lookAway: false }));
  await run('In sight');
  assert.equal((await said()).length, 1);
  await watched.context.close();
});

test('a view is deleted at once, and comes back under its address', async () => {
  const { id } = await owner.post<{ id: string }>('/views', { name: 'Night shift', query: 'q=policy%3Asjf' });
  const { page, context } = await open('/runs');
  await page.getByTestId('runs-views').click();
  await page.getByRole('button', { name: 'Delete the view “Night shift”' }).click();
  const told = toasts(page).filter({ hasText: 'The view “Night shift” is deleted.' });
  await told.waitFor();
  assert.deepEqual(await owner.get('/views'), []);
  await told.getByRole('button', { name: 'Undo' }).click();
  await told.waitFor({ state: 'detached' });
  await page.getByTestId('runs-views').click();
  await page.getByRole('link', { name: 'Night shift' }).click();
  await leads(page, `/runs?v=${id}`);
  await context.close();
});

test('settings: a look, a clock and a language are kept, and hold at once', async () => {
  const { page, context } = await open('/settings');
  await page.getByRole('group', { name: 'Density' }).getByText('Compact').click();
  await page.locator('html[data-density=compact]').waitFor();
  await page.getByRole('group', { name: 'Clock' }).getByText('24 hours').click();
  await page.getByRole('group', { name: 'Dates are shown in' }).getByText('UTC').click();
  const now = page.getByTestId('settings-now');
  await now.filter({ hasText: /, \d\d:\d\d \(UTC\)$/ }).waitFor();
  await page.getByRole('group', { name: 'Language' }).getByText('한국어').click();
  await page.getByRole('heading', { name: '설정' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '설정' }).waitFor();
  await page.locator('html[data-density=compact][lang=ko]').waitFor();
  await context.close();
});

test('settings: storage, diagnostics, licences and the whole API', async () => {
  const { page, context } = await open('/settings');
  await page
    .getByTestId('settings-database')
    .filter({ hasText: /[1-9].* (kB|MB)/ })
    .waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('settings-diagnostics').click()]);
  const said = JSON.parse(readFileSync(await file.path(), 'utf8'));
  assert.ok(said.product.version && said.boards.length >= 2);
  const routes = page.getByTestId('settings-routes');
  await routes.getByRole('row', { name: 'PUT /api/v1/password whoever is signed in' }).waitFor();
  await page.getByRole('searchbox').fill('units');
  await routes.getByRole('row', { name: /password/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Licences of others' }).click();
  const licences = page.getByRole('dialog');
  const react = licences.getByRole('listitem').filter({ has: page.getByText('react', { exact: true }) });
  await react.getByText('react', { exact: true }).click();
  await react.getByText('Permission is hereby granted').waitFor();
  await context.close();
});

test('settings: a new password needs the old one, and ends what others have open', async () => {
  const other = personAt(stage.url);
  await other.post('/login', OWNER);
  const elsewhere = await open('/runs', {}, other);
  const { page, context } = await open('/settings');
  const form = page.getByRole('form', { name: 'Change password' });
  const change = async (old: string, password: string, again = password) => {
    await form.getByLabel('Present password').fill(old);
    await form.getByLabel('New password', { exact: true }).fill(password);
    await form.getByLabel('New password again').fill(again);
    await form.getByRole('button').click();
  };
  await change('', 'short', 'other');
  for (const sentence of ['This is needed.', 'needs at least 10', 'not the same'])
    await form.getByText(sentence).waitFor();
  await change(OWNER.password, OWNER.password);
  await form.getByText('the password that you have already').waitFor();
  await change('not the old one', 'another good password');
  await form.getByText('This is not your present password.').waitFor();
  await change(OWNER.password, 'another good password');
  await toasts(page).filter({ hasText: 'The password is changed.' }).waitFor();
  await elsewhere.page.waitForURL(/\/login\?next=%2Fruns/);
  await change('another good password', OWNER.password);
  await toasts(page).filter({ hasText: 'The password is changed.' }).nth(1).waitFor();
  await elsewhere.context.close();
  await context.close();
});

test('settings: whoever signs out everywhere is at the door', async () => {
  const other = personAt(stage.url);
  await other.post('/login', OWNER);
  const { page, context } = await open('/settings', {}, other);
  // The socket is cut long before the answer comes.
  await page.route('**/api/v1/sessions', async (route) => {
    const response = await route.fetch();
    await sleep(1500);
    await route.fulfill({ response });
  });
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByText('must sign in again').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL(/\/login$/);
  await context.close();
  await owner.post('/login', OWNER);
});

test('a full disk is said on every page for as long as it is full', async () => {
  const watched = await stage.open();
  const { page } = watched;
  let level = 'full';
  await page.route('**/api/v1/board', async (route) => {
    const board = (await (await route.fetch()).json()) as BoardState;
    await route.fulfill({ json: { ...board, storage: { level, freeBytes: 12e6 } } });
  });
  await page.goto(`${stage.url}/runs`);
  await page.getByTestId('storage-banner').getByText('The disk is full: 12 MB left.').waitFor();
  level = 'well';
  await page.reload();
  await page.getByTestId('runs-row').first().waitFor();
  await page.locator('[data-connection=live]').waitFor();
  assert.equal(await page.getByTestId('storage-banner').count(), 0);
  await watched.context.close();
});

test('an address that leads nowhere says so, and leads on', async () => {
  const { page, context } = await open('/nowhere/at/all');
  await page.getByRole('heading', { name: 'Not found' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'To the board' }).click();
  await leads(page, '/');
  await context.close();
});

test('what is fetched when it is first shown does not take the page away meanwhile', async () => {
  const { page, context } = await open('/runs');
  await page.waitForTimeout(2500); // so that what is fetched beforehand is there
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.waitForTimeout(500);
  assert.equal(await page.getByRole('dialog').count(), 0, 'it is still on its way');
  assert.equal(await page.getByRole('heading', { name: 'Runs' }).isVisible(), true);
  await page.getByRole('dialog').waitFor();
  await context.close();
});

test('what is for developers does not ship', async () => {
  assert.equal((await fetch(`${stage.url}/gallery`)).status, 404);
  assert.equal((await fetch(`${stage.url}/settings`)).status, 200);
});

test('paper is white, whatever the theme, and has neither navigation nor buttons', async () => {
  const { page, context } = await open(`/runs/${first.runs[0]!.id}`, { colorScheme: 'dark' });
  await page.locator('[data-testid=run-status][data-status=done]').waitFor();
  await page.locator('canvas').first().waitFor();
  await page.waitForTimeout(400);
  /** Red of the colour that most of what is drawn on the chart has: that of an empty lane. */
  const lane = (event = 'none') =>
    page.evaluate((event) => {
      dispatchEvent(new Event(event));
      const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-testid=gantt]');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const counts = new Map<number, number>();
      for (let at = 0; at < pixels.length; at += 4)
        if (pixels[at + 3] === 255) counts.set(pixels[at] ?? 0, (counts.get(pixels[at] ?? 0) ?? 0) + 1);
      return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1;
    }, event);
  const onScreen = await lane();
  assert.ok(onScreen >= 0 && onScreen < 100, `dark on the screen: ${onScreen}`);
  await page.emulateMedia({ media: 'print' });
  await page.waitForTimeout(400); // it has another width now
  assert.ok((await lane('beforeprint')) > 200, 'light on paper, at once');
  const shown = await page.evaluate(() => ({
    ground: getComputedStyle(document.documentElement).backgroundColor,
    screenOnly: [...document.querySelectorAll('nav, header, .btn')].filter((each) => each.getClientRects().length > 0)
      .length,
  }));
  assert.deepEqual(shown, { ground: 'rgb(255, 255, 255)', screenOnly: 0 });
  await page.getByText(`/runs/${first.runs[0]!.id}`, { exact: false }).first().waitFor();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await page.locator('html[data-theme=dark]').waitFor();
  await context.close();
});

test('nothing moves for whoever asks for less motion', async () => {
  const { page, context } = await open('/settings', { reducedMotion: 'reduce' });
  await owner.post('/units/tinker.npu/fault', { kind: 'leave' });
  await toasts(page).first().waitFor();
  const moving = await page.evaluate(() => document.getAnimations().length);
  assert.equal(moving, 0);
  await owner.post('/units/tinker.npu/fault', { kind: 'return' });
  await context.close();
});

test('on a phone whatever is touched is 44 pixels high, and all places can be reached', async () => {
  const { page, context } = await open('/settings', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const low = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.btn, .place, .field, .choice, summary')]
      .map((each) => ({ name: each.innerText || each.ariaLabel, height: each.getBoundingClientRect().height }))
      .filter(({ height }) => height > 0 && height < 44),
  );
  assert.deepEqual(low, []);
  await page.getByRole('navigation').getByRole('button', { name: 'More' }).tap();
  await page.getByRole('dialog').getByRole('link', { name: 'Compare' }).tap();
  await leads(page, '/compare');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await context.close();
});

for (const [language, theme, width, height] of [
  ['en', 'dark', 1440, 900],
  ['ko', 'light', 390, 844],
] as const) {
  test(`settings, palette and shortcuts have no serious accessibility fault in ${language}, ${theme}`, async () => {
    const { page, context, problems } = await open('/settings', {
      ...{
        viewport: { width, height },
        colorScheme: theme,
        locale: language === 'ko' ? 'ko-KR' : 'en-GB',
        bypassCSP: true,
      },
    });
    await page.waitForTimeout(500);
    const check = async (what: string) => {
      await page.evaluate(axe);
      const faults = await page.evaluate(async () => {
        type Axe = { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
        const { violations } = await (window as unknown as { axe: Axe }).axe.run();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
      });
      assert.deepEqual(faults, [], what);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wide <= 0, `${what} is ${wide} px too wide`);
    };
    await check('settings');
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette').waitFor();
    await check('palette');
    await page.keyboard.press('Escape');
    await page.getByTestId('palette').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await check('shortcuts');
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test('a page that is opened while the board is gone says so in its own words, and comes back with the board', async () => {
  const { page, context } = await open('/settings', { locale: 'ko-KR' });
  await page.waitForTimeout(2500); // so that the palette is there
  await stage.product.stop('SIGKILL');
  await page.locator('[data-connection=lost]').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('main').getByText('보드가 응답하지 않습니다.').waitFor();
  await page.getByRole('navigation').first().waitFor();
  await stage.restart();
  await page.getByTestId('runs-row').first().waitFor({ timeout: 20_000 });
  await context.close();
});
