import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ExperimentView } from '../panel/wire.ts';
import { posterRequest, until } from './product.ts';
import { openStage } from './stage.ts';

// What a person is told before they spend the board's time.

const stage = await openStage();
after(stage.close);
const { owner } = stage;
const watched = await stage.open();

const warning = (text: RegExp) => watched.page.getByTestId('estimate-warning').filter({ hasText: text });

test('the poster’s comparison says which policies keep the NCS2 at one model, and who is predicted fastest', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/experiments/new?preset=poster`);
  await warning(/Intel NCS2 holds one model at a time: .*affinity.* keeps? it at (ResNet|MobileNet)/).waitFor();
  await page.getByText('fastest', { exact: true }).waitFor();
  assert.equal(await page.getByText('fastest', { exact: true }).count(), 1);
});

test('a unit that is away, or has a fault, is said as soon as it is so, and no longer than that', async () => {
  const { page } = watched;
  await owner.post('/units/tinker.coral/fault', { kind: 'leave' });
  await warning(/Google Coral USB is away/).waitFor();
  await owner.post('/units/tinker.coral/fault', { kind: 'clear' });
  await warning(/Google Coral USB is away/).waitFor({ state: 'detached' });
  await owner.post('/units/tinker.npu/fault', { kind: 'slow', factor: 2 });
  await warning(/Faults are set on Rockchip NPU/).waitFor();
  await page.getByRole('checkbox', { name: /Rockchip NPU/ }).uncheck();
  await warning(/Faults are set on Rockchip NPU/).waitFor({ state: 'detached' });
  await owner.post('/units/tinker.npu/fault', { kind: 'clear' });
});

test('every preset is a question that the board takes', async () => {
  const { page } = watched;
  for (const preset of ['poster', 'best', 'ours', 'slo', 'poisson', 'real']) {
    await page.goto(`${stage.url}/experiments/new?preset=${preset}`);
    await page.locator('[data-testid=new-launch]:enabled').waitFor();
    await page.getByText('Board time', { exact: true }).waitFor();
  }
});

test('the highest rate that keeps to the bound is one click from being asked for', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/experiments/new?preset=slo`);
  const button = page.getByRole('button', { name: 'Ask for the highest rate of fluid' });
  await button.waitFor();
  await button.click();
  const rate = Number(await page.getByLabel('arrivals per second').inputValue());
  assert.ok(rate > 1, `a rate, not ${rate}`);
  await page.locator('[data-testid=new-launch]:enabled').waitFor();
});

test('while the board is busy it is said with whom and for how long, and what is launched joins the queue', async () => {
  const { page } = watched;
  const going = await owner.post<ExperimentView>('/experiments', posterRequest(200, { name: 'night shift' }));
  await page.goto(`${stage.url}/experiments/new?preset=poster`);
  const busy = page.getByTestId('board-busy');
  await busy.filter({ hasText: /“night shift”, launched by ada\. About \d+ .*left\. Yours would be next\./ }).waitFor();
  const launch = page.getByTestId('new-launch');
  assert.match(await launch.innerText(), /^Queue after/);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/runs\/\d+/);
  await page.locator('[data-testid=run-status][data-status=queued]').first().waitFor();
  await owner.post(`/experiments/${going.id}/stop`, {});
  await page.locator('[data-testid=run-status][data-status=running]').first().waitFor();
  await page.goto(`${stage.url}/experiments/new`);
  await busy.waitFor();
  const { experiments } = await owner.get<{ experiments: ExperimentView[] }>('/board');
  for (const { id } of experiments) await owner.post(`/experiments/${id}/stop`, {});
  await busy.waitFor({ state: 'detached' });
  assert.match(await launch.innerText(), /^Launch/);
  await until(
    async () => ((await owner.get<{ experiments: unknown[] }>('/board')).experiments.length === 0 ? true : undefined),
    'a free board',
  );
  assert.deepEqual([watched.problems, watched.foreign], [[], []]);
});

test('a question is kept as a preset, asked again, replaced, deleted, and each of it taken back', async () => {
  const { page } = watched;
  const names = async () => (await owner.get<{ name: string }[]>('/presets')).map(({ name }) => name);
  const keptAre = (wanted: string[]) =>
    until(async () => (JSON.stringify(await names()) === JSON.stringify(wanted) ? true : undefined), `${wanted}`);
  const undo = () => page.getByRole('button', { name: 'Undo' }).last().click();
  await page.goto(`${stage.url}/experiments/new?preset=poster`);
  await page.locator('[data-testid=new-launch]:enabled').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Nightly');
  await page.getByLabel('Warm-up').fill('3');
  await page.getByRole('button', { name: 'Save as preset' }).click();
  await keptAre(['Nightly']);
  await page.goto(`${stage.url}/experiments/new`);
  await page.getByRole('button', { name: 'Nightly', exact: true }).click();
  assert.equal(await page.getByLabel('Warm-up').inputValue(), '3');
  await page.getByLabel('Warm-up').fill('5');
  await page.getByRole('button', { name: 'Save as preset' }).click();
  await page.getByText('The preset “Nightly” was replaced.').first().waitFor();
  await undo();
  await until(async () => {
    const [preset] = await owner.get<{ spec: { warmUpS: number } }[]>('/presets');
    return preset?.spec.warmUpS === 3 ? true : undefined;
  }, 'the one before');
  await page.getByRole('button', { name: 'Delete the preset “Nightly”' }).click();
  await keptAre([]);
  await undo();
  await keptAre(['Nightly']);
  await page.getByLabel('Name', { exact: true }).fill('');
  assert.ok(await page.getByRole('button', { name: 'Save as preset' }).isDisabled(), 'a preset needs a name');
});
