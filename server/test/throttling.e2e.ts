import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ExperimentView, Page as Listed, ListedRun, RunDetail } from '../panel/wire.ts';
import { COOL_AGAIN, fakeRoot, RK3399, TOO_HOT } from './fake-root.ts';
import { posterRequest, until } from './product.ts';
import { openStage } from './stage.ts';

// A machine becomes too hot in the middle of a run: whoever watches is told, and whoever looks at the run later sees it.

const machine = fakeRoot(RK3399);
process.env.SWITCHYARD_ROOT = machine.path;

const stage = await openStage();
after(async () => {
  await stage.close();
  machine.remove();
});
const { owner } = stage;
const watched = await stage.open();
await watched.page.goto(stage.url);

const detail = (run: number) => owner.get<RunDetail>(`/runs/${run}`);
const noted = (run: number, kind: string) =>
  until(async () => (await detail(run)).notes.find((note) => note.kind === kind), kind);

/** How many pixels of the chart's strip under its axis have the colour of a warning. */
const warnPixels = (page: Page): Promise<number> =>
  page.getByTestId('gantt').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const probe = document.createElement('canvas').getContext('2d')!; // a browser has it
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--warn').trim();
    probe.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = probe.getImageData(0, 0, 1, 1).data;
    const dpr = canvas.width / canvas.clientWidth;
    const { data } = canvas.getContext('2d')!.getImageData(0, Math.round(14 * dpr), canvas.width, Math.round(8 * dpr));
    let found = 0;
    for (let i = 0; i < data.length; i += 4)
      if (Math.abs(data[i]! - r) + Math.abs(data[i + 1]! - g) + Math.abs(data[i + 2]! - b) < 24) found++;
    return found;
  });

test('the board says how warm it is and how fast it runs', async () => {
  const line = watched.page.getByTestId('machine-line');
  await line.getByText('54 °C').waitFor();
  await line.getByText('1.42 / 1.80 GHz').waitFor();
  await line.getByText('performance').waitFor();
  assert.equal(await watched.page.getByTestId('machine-throttled').count(), 0);
});

test('a run that was held back by heat has notes, a badge and a stretch in its schedule', async () => {
  const { page } = watched;
  const experiment = await owner.post<ExperimentView>('/experiments', posterRequest(600, { switchMs: 0 }));
  const run = experiment.runs[0]!.id; // it has one
  await until(async () => ((await detail(run)).status === 'running' ? true : undefined), 'the run');
  machine.put(TOO_HOT);
  await noted(run, 'throttled');
  await page.getByTestId('toasts').getByText('Heat holds the clock of this machine down.').waitFor();
  await page.getByTestId('machine-throttled').getByText('67 %').waitFor();
  machine.put(COOL_AGAIN);
  await noted(run, 'unthrottled');
  await page.getByTestId('toasts').getByText('This machine runs at its full clock again.').waitFor();
  await owner.post(`/experiments/${experiment.id}/stop`, {});
  const ended = await until(async () => ((await detail(run)).endedAt ? detail(run) : undefined), 'its end');
  const [from, to] = ended.notes.filter(({ kind }) => kind.endsWith('throttled')).map(({ atMs }) => atMs);
  assert.ok(Math.abs((ended.throttledMs ?? 0) - (to! - from!)) < 1, 'as long as its notes say'); // both were waited for
  assert.equal(ended.quality?.machine?.hottestC, 86.2);
  await page.goto(`${stage.url}/runs/${run}`);
  await page.getByTestId('throttled-badge').waitFor();
  await page.getByText('The clock is held at 67 % ·').waitFor();
  await until(async () => ((await warnPixels(page)) > 40 ? true : undefined), 'the stretch');
  await page.goto(`${stage.url}/runs`);
  await page.locator(`[data-run="${run}"]`).getByTestId('throttled-badge').waitFor();
  const listed = await owner.get<Listed<ListedRun>>('/runs');
  assert.equal(listed.items[0]?.throttledMs, ended.throttledMs);
});

test('a run on a cool machine has none of it', async () => {
  const { page } = watched;
  const experiment = await owner.post<ExperimentView>('/experiments', posterRequest(2, { switchMs: 0 }));
  const run = experiment.runs[0]!.id; // as above
  const ended = await until(async () => ((await detail(run)).endedAt ? detail(run) : undefined), 'its end');
  assert.equal(ended.throttledMs, 0);
  await page.goto(`${stage.url}/runs/${run}`);
  await page.getByTestId('gantt').waitFor();
  await page.getByText('54.3 °C, performance, 1.42 / 1.80 GHz ·').waitFor();
  assert.equal(await page.getByTestId('throttled-badge').count(), 0);
  assert.equal(await warnPixels(page), 0);
  assert.deepEqual(watched.problems, []);
});
