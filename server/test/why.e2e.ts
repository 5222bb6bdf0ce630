import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { JobLine, RunDetail } from '../panel/wire.ts';
import { posterRequest, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// What a person asks of a schedule: why did this job go there?

const stage = await openStage({ timeoutMs: 10_000 });
after(stage.close);
const { owner } = stage;
const experiment = await owner.post<{ id: number; runs: { id: number }[] }>(
  '/experiments',
  posterRequest(5, { policies: ['stealing'] }),
);
const run = experiment.runs[0]?.id ?? 0;
await whenOver(owner, experiment.id);
const watched = await stage.open();

const UNITS = ['CPU (Cortex-A72)', 'Intel NCS2', 'Google Coral USB', 'Rockchip NPU'];
/** Clicks or taps the middle of the longest slice of a unit's own work: where it lies depends on the machine of the test. */
async function pick(page: Page, how: 'click' | 'tap', unit: number): Promise<void> {
  const lines = (await owner.text(`/runs/${run}/jobs`)).trim().split('\n');
  const jobs = lines.map((line) => JSON.parse(line) as JobLine);
  const names = new Map((await owner.get<RunDetail>(`/runs/${run}`)).units.map(({ id, name }) => [id, name]));
  const [longest] = jobs
    .filter((job) => names.get(job.unit) === UNITS[unit] && job.reason === 'own')
    .sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
  assert.ok(longest, `nothing of its own ran on ${UNITS[unit]}`);
  const whole = 1.02 * Math.max(...jobs.map(({ endMs }) => endMs));
  const gantt = page.getByTestId('gantt');
  await gantt.waitFor();
  const { width } = (await gantt.boundingBox()) ?? { width: 0 };
  const x = (width * (longest.startMs + longest.endMs)) / 2 / whole;
  await gantt[how]({ position: { x, y: 22 + 40 * unit + 17 } });
}
const sentence = (page: Page) => page.getByTestId('why-sentence').innerText();

test('a click on a slice says why the job went there, and what each unit had promised', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/runs/${run}`);
  await pick(page, 'click', 3);
  assert.match(await sentence(page), /^This .+ had been set aside for Rockchip NPU, and was its oldest\.$/);
  const rows = page.getByTestId('why-table').locator('tbody tr');
  assert.deepEqual(
    (await rows.locator('th').allInnerTexts()).map((text) => text.replace(/\s*chosen$/, '')),
    UNITS,
  );
  const chosen = page.locator('[data-chosen=true]');
  assert.equal(await chosen.count(), 1);
  assert.match(await chosen.innerText(), /Rockchip NPU[\s\S]+ms[\s\S]+took [\d.]+ ms/);
});

test('the keys walk along the unit and to the next one, and Escape closes', async () => {
  const { page } = watched;
  const panel = page.getByTestId('why-panel');
  const before = await panel.locator('h3').innerText();
  await page.getByTestId('gantt').focus();
  await page.keyboard.press('.');
  await page.waitForFunction(
    (old) => document.querySelector('[data-testid=why-panel] h3')?.textContent !== old,
    before,
  );
  assert.match(await panel.locator('h3').innerText(), /Rockchip NPU/);
  await page.keyboard.press('ArrowUp');
  await panel.getByText('· Google Coral USB').waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await panel.waitFor();
});

test('the table has the reason of every row, and the export its word', async () => {
  const { page } = watched;
  await page.getByRole('button', { name: 'View as table' }).click();
  await page.getByRole('columnheader', { name: 'Why here' }).first().waitFor();
  assert.ok((await page.getByText(/had been set aside for Intel NCS2/).count()) > 0);
  const [line = ''] = (await owner.text(`/runs/${run}/jobs`)).split('\n');
  assert.equal(JSON.parse(line).reason, 'own');
});

test('the decisions stand below, newest first; a number leads to its slice, and any job is found by its own', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/runs/${run}`);
  const decisions = page.getByTestId('decisions').locator('tbody tr');
  await decisions.first().waitFor();
  assert.equal(await decisions.count(), 15);
  const times = (await decisions.locator('td:first-child').allInnerTexts()).map((text) => Number.parseFloat(text));
  assert.ok((times[0] ?? 0) > 0, `times, not ${times}`);
  const job = await decisions.nth(3).getByRole('button').innerText();
  await decisions.nth(3).getByRole('button').click();
  await page.getByTestId('why-panel').getByText(`Job ${job} ·`).waitFor();
  await page.locator('main h1').click();
  await page.keyboard.press('/');
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await page.getByTestId('why-panel').getByText('Job 7 ·').waitFor();
  await page.keyboard.press('Backspace');
  await page.keyboard.type('99');
  await page.keyboard.press('Enter');
  await page.getByText('No job of that number has ended.').waitFor();
  await page.getByRole('navigation', { name: 'Parts of this page' }).getByRole('link', { name: 'Environment' }).click();
  assert.match(await page.locator('#environment').innerText(), /CPU \(Cortex-A72\) \(FP32, SIMULATED\)/);
  assert.match(page.url(), /#environment$/);
});

test('on a phone a tap does it, nothing is wider than the screen, and Korean is Korean', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'ko-KR' };
  const { page, problems, foreign } = await stage.open(phone);
  await page.goto(`${stage.url}/runs/${run}`);
  await page.getByRole('heading', { name: '스케줄' }).waitFor();
  await pick(page, 'tap', 1);
  assert.match(await sentence(page), /Intel NCS2의 몫으로 정해 둔 .+ 작업/);
  const wider = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  assert.equal(wider, false);
  assert.deepEqual([problems, foreign], [[], []]);
});

test('what is kept in view while the run goes on stays when it is over', async () => {
  const { page } = watched;
  const { runs } = await owner.post<{ runs: { id: number }[] }>('/experiments', posterRequest(150));
  await page.goto(`${stage.url}/runs/${runs[0]?.id}`);
  await page.locator('[data-testid=run-status][data-status=running]').first().waitFor();
  const panel = page.getByTestId('why-panel');
  for (let tries = 0; (await panel.count()) === 0 && tries < 50; tries++) {
    await page.getByTestId('gantt').press('Enter');
    await page.waitForTimeout(100);
  }
  const said = await sentence(page);
  assert.match(said, /had waited longest of what an idle unit could run/);
  await page.locator('[data-testid=run-status][data-status=done]').first().waitFor({ timeout: 40_000 });
  await page.getByTestId('gantt').waitFor();
  assert.equal(await sentence(page), said);
});
