import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { ExperimentView, RunDetail } from '../panel/wire.ts';
import type { Watched } from './browser.ts';
import { posterRequest, until } from './product.ts';
import { openStage } from './stage.ts';

// A person breaks a simulated unit to see what the board makes of it, and wants to see later that they did, and undo it.

let noted = 0;

const stage = await openStage();
after(stage.close);
const { owner } = stage;
const watched = await openAs();

async function openAs(options: BrowserContextOptions = {}): Promise<Watched> {
  const opened = await stage.open(options);
  await opened.page.goto(stage.url);
  return opened;
}

const card = (page: Page, unit: string) => page.locator(`[data-unit="tinker.${unit}"]`);
const faults = (page: Page, unit: string) =>
  page.locator('[data-testid=faults-set]', { has: page.getByRole('button', { name: new RegExp(unit) }) });
const slow = (unit: string, factor: number) => owner.post(`/units/tinker.${unit}/fault`, { kind: 'slow', factor });

test('a fault that was set stands on the unit’s card, for everyone and after the page is loaded again', async () => {
  const { page } = watched;
  const other = await openAs();
  await card(page, 'npu').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Slow down' }).click();
  await page.getByRole('dialog').getByText('Set 2× slower').waitFor();
  await page.keyboard.press('Escape');
  for (const each of [page, other.page]) await faults(each, 'NPU').getByText('Set 2× slower').waitFor();
  await page.reload();
  await faults(page, 'NPU').getByText('Set 2× slower').waitFor();
  assert.equal(await page.getByTestId('faults-set').count(), 1);
  await other.context.close();
});

test('of two changes in the same blink the last is what stands there', async () => {
  const { page } = watched;
  for (const factor of [3, 4, 2]) {
    await slow('npu', factor);
    await faults(page, 'NPU').getByText(`Set ${factor}× slower`).waitFor({ timeout: 2000 });
  }
});

test('it is cleared on the card, which opens nothing and keeps the keyboard’s focus', async () => {
  const { page } = watched;
  await faults(page, 'NPU').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('faults-set').waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.ok(await card(page, 'npu').evaluate((button) => button === document.activeElement), 'the card has the focus');
});

test('cleared in the middle of a run, it costs no job, and the run notes both', async () => {
  const { page } = watched;
  await slow('npu', 10);
  const experiment = await owner.post<ExperimentView>('/experiments', posterRequest(10, { switchMs: 0 }));
  const run = experiment.runs[0]!.id; // it has one
  noted = run;
  const detail = () => owner.get<RunDetail>(`/runs/${run}`);
  await until(async () => ((await detail()).status === 'running' ? true : undefined), 'the run');
  await slow('coral', 10);
  for (const unit of ['NPU', 'Coral']) await faults(page, unit).getByRole('button').click();
  await page.getByTestId('faults-set').first().waitFor({ state: 'detached' });
  const over = await until(async () => {
    const found = await detail();
    return found.status === 'done' ? found : undefined;
  }, 'its end');
  assert.deepEqual([over.figures?.jobs, over.failed], [30, 0]);
  const kinds = over.notes.filter(({ kind }) => kind !== 'drift').map(({ kind, text }) => `${kind}: ${text}`);
  const cleared = 'info: the faults set on it were cleared';
  assert.deepEqual(kinds, ['fault: slow', cleared, cleared]);
});

test('the run’s schedule draws what befell its units, and how many jobs waited', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/runs/${noted}`);
  const gantt = page.getByTestId('gantt');
  await page.getByText('Waiting jobs', { exact: true }).waitFor();
  await page.getByText('▼fault set', { exact: true }).waitFor();
  assert.match((await gantt.getAttribute('aria-label')) ?? '', /faults set: 1; throttled: 0\.$/);
  const height = (await gantt.boundingBox())?.height ?? 0;
  assert.ok(height > 22 + 5 * 34, `a lane for each of four units and one for the jobs that wait, not ${height} px`);
  await page.goto(stage.url);
});

test('what was set before its unit is unplugged goes with it; clearing plugs it in again', async () => {
  const { page } = watched;
  await slow('coral', 5);
  await owner.post('/units/tinker.coral/fault', { kind: 'leave' });
  await faults(page, 'Coral').getByText('Unplugged', { exact: true }).waitFor();
  await faults(page, 'Coral').getByRole('button').click();
  await card(page, 'coral').locator('[data-unit-status=ready]').waitFor();
  assert.equal(await page.getByTestId('faults-set').count(), 0);
});

test('on a phone, in Korean, it fits and can be touched', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'ko-KR' };
  const { page, context, problems } = await openAs(phone);
  await slow('npu', 2.5);
  const clear = faults(page, 'NPU').getByRole('button', { name: /장애 해제$/ });
  await faults(page, 'NPU').getByText('2.5배 느리게 설정됨').waitFor();
  assert.ok(((await clear.boundingBox())?.height ?? 0) >= 40, 'as tall as a finger needs');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing sideways');
  await clear.tap();
  await page.getByTestId('faults-set').waitFor({ state: 'detached' });
  assert.deepEqual(problems, []);
  assert.deepEqual(watched.problems, []);
  await context.close();
});
