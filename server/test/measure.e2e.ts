import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { BoardState, BoardView } from '../panel/wire.ts';
import type { Watched } from './browser.ts';
import { posterRequest, until } from './product.ts';
import { openStage } from './stage.ts';

// A person wants to know how long things really take here: measures a board, watches it, changes their mind, reads the figures.

const stage = await openStage();
after(stage.close);
const { owner } = stage;
const board = await owner.post<BoardView>('/boards', {
  name: 'Bench',
  table: {
    units: [{ id: 'one' }, { id: 'two', modelSlots: 1, switchMs: 40 }],
    models: ['mobilenet_v2', 'resnet50'],
    latencyMs: { one: { mobilenet_v2: 20, resnet50: 30 }, two: { mobilenet_v2: 25, resnet50: null } },
  },
});
const watched = await openAs();

async function openAs(options: BrowserContextOptions = {}): Promise<Watched> {
  const opened = await stage.open(options);
  await opened.page.goto(stage.url);
  return opened;
}

const sectionOf = (page: Page, id: string) => page.locator('section', { has: page.locator(`#board-${id}`) });
const begin = (page: Page, id: string) => sectionOf(page, id).getByRole('button', { name: 'Measure', exact: true });

test('a board is measured with its button, and whoever looks sees how far it is', async () => {
  const { page } = watched;
  const other = await openAs();
  const own = sectionOf(page, board.id);
  await own.getByText('Not measured: its times are those of its table.').waitFor();
  await begin(page, board.id).focus();
  await page.keyboard.press('Enter');
  for (const each of [page, other.page]) {
    await sectionOf(each, board.id)
      .getByText(/^\d of \d · .+/)
      .waitFor();
    await sectionOf(each, board.id).locator('[data-unit-status=measuring]').first().waitFor();
  }
  assert.ok(await own.evaluate((section) => section.contains(document.activeElement)), 'the button keeps the focus');
  assert.ok(await sectionOf(other.page, board.id).getByRole('progressbar').isVisible());
  for (const each of [page, other.page])
    await sectionOf(each, board.id)
      .getByText(/^3 of 3 times measured, /)
      .waitFor({ timeout: 60_000 });
  await begin(page, board.id).waitFor();
  await other.context.close();
});

test('a unit’s sheet has each time with its interval and quantiles, and when and under what conditions it was measured', async () => {
  const { page } = watched;
  await page.locator(`[data-unit="${board.id}.one"]`).click();
  const sheet = page.getByRole('dialog');
  const row = sheet.getByRole('row', { name: /^ResNet50 / }).first();
  const figures = /^ResNet50\s+\d+\.\d ms ±<?\d+\.\d\d ms\s+\d+\.\d ms\s+\d+\.\d ms\s+\d+\.\d ms\s/;
  assert.match(await row.innerText(), figures);
  await row.getByRole('button', { name: /^measured / }).click();
  await sheet.getByText(/20\d\d.* · measured on request · 1 thread · Switchyard \d/).waitFor();
  const beside = sheet.getByRole('group', { name: 'Beside other units' });
  assert.match(await beside.innerText(), /two\s+MobileNetV2\s+MobileNetV2\s+×\d\.\d\d ±<?\d\.\d\d/);
  assert.match(await sheet.getByRole('group', { name: 'Changing models' }).innerText(), /none|\d ms/);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
});

test('the poster’s times stand beside what was measured, and what was not is said', async () => {
  const { page } = watched;
  await sectionOf(page, 'tinker').getByRole('button', { name: 'Times' }).click();
  const cells = page.getByRole('dialog').getByRole('row', { name: /^MobileNetV2/ });
  assert.match(await cells.innerText(), /not measured\s+86\.4 ms/);
  await page.keyboard.press('Escape');
});

test('it goes on while the page is loaded again, is stopped by hand, and only one board is measured at a time', async () => {
  const { page } = watched;
  await begin(page, 'tinker').click();
  const own = sectionOf(page, 'tinker');
  await own.locator('[data-unit-status=measuring]').waitFor();
  await page.reload();
  await own.locator('[data-unit-status=measuring]').waitFor();
  await begin(page, board.id).click();
  await page.getByText('Another board is being measured. Stop that first, or wait.').waitFor();
  await own.getByRole('button', { name: 'Stop measuring' }).click();
  await own.getByText(/^Stopped; what was measured is kept\./).waitFor();
  assert.equal(
    await page.getByText('Another board is being measured.').count(),
    0,
    'a refusal does not outlive its reason',
  );
});

test('a board that was asked for before the measurement ended does not turn time back when it comes', async () => {
  const { page } = watched;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await owner.post('/boards/tinker/measure', {});
  const asked = page.waitForRequest('**/api/v1/board');
  let answered = Promise.resolve();
  await page.route(
    '**/api/v1/board',
    (route) => {
      answered = route.fetch().then(async (response) => {
        await held;
        await route.fulfill({ response });
      });
      return answered;
    },
    { times: 1 },
  );
  await page.reload();
  await asked;
  assert.equal((await owner.get<BoardState>('/board')).measuring?.status, 'measuring');
  await owner.ask('DELETE', '/boards/tinker/measure');
  await until(
    async () => ((await owner.get<BoardState>('/board')).measuring?.status === 'stopped' ? true : undefined),
    'the end of the measurement',
  );
  await page.waitForTimeout(500); // its event has come by now
  release();
  await answered;
  await begin(page, 'tinker').waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.getByRole('button', { name: 'Stop measuring' }).count(), 0);
});

test('an experiment comes first: it ends the measurement, which says so', async () => {
  const { page } = watched;
  await begin(page, 'tinker').click();
  await sectionOf(page, 'tinker').locator('[data-unit-status=measuring]').waitFor();
  await owner.post('/experiments', posterRequest(10));
  await sectionOf(page, 'tinker')
    .getByText(/^A run began and ended the measurement/)
    .waitFor();
});

test('on a phone in Korean a sheet is no wider than the screen, its tables scroll by themselves, and nothing complains', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'ko-KR' };
  const { page, problems, foreign, context } = await openAs(phone);
  await page.locator(`[data-unit="${board.id}.one"]`).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('heading', { name: '추론 시간' }).waitFor();
  const sideways = await sheet.evaluate((dialog) =>
    [...dialog.querySelectorAll('div')]
      .filter((each) => !each.classList.contains('scroll-x') && each.scrollWidth > each.clientWidth + 1)
      .map((each) => each.className),
  );
  assert.deepEqual(sideways, []);
  assert.deepEqual([problems, foreign], [[], []]);
  await context.close();
});
