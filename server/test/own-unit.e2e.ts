import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BoardState, Estimate, ExperimentView, UnitView } from '../panel/wire.ts';
import { posterRequest, until, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// A person wants to see what one more accelerator would be worth to this machine.

const stage = await openStage();
after(stage.close);
const { owner } = stage;
const watched = await stage.open();
await watched.page.goto(stage.url);

const unit = async (id: string): Promise<UnitView | undefined> =>
  (await owner.get<BoardState>('/board')).boards.flatMap(({ units }) => units).find((each) => each.id === id);
const ready = (id: string) =>
  until(async () => ((await unit(id))?.live.status === 'ready' ? unit(id) : undefined), `${id} to be ready`);
/** A real unit measures itself first, and has the board meanwhile. */
const free = () =>
  until(async () => ((await owner.ask('DELETE', '/boards/machine/measure')).ok ? true : undefined), 'the board');

test('a simulated unit is added, says so, and runs what its times say', async () => {
  const { page } = watched;
  await page.getByRole('button', { name: 'Add a simulated unit' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('A unit needs a name.').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('A second NPU');
  await page.getByLabel('Models it holds at once').fill('1');
  await page.getByLabel('A model switch costs (ms)').fill('20');
  await page.getByLabel('MobileNetV2').fill('4');
  await page.getByRole('button', { name: 'Save' }).click();
  const card = page.locator('[data-unit="machine.a-second-npu"]');
  await card.getByText('SIMULATED').waitFor();
  const added = await ready('machine.a-second-npu');
  assert.deepEqual([added?.modelSlots, added?.switchMs, added?.latencyMs?.mobilenet_v2], [1, 20, 4]);
  const request = posterRequest(1, { units: ['machine.a-second-npu'], models: [{ id: 'mobilenet_v2', jobs: 50 }] });
  const over = await whenOver(owner, (await owner.post<ExperimentView>('/experiments', request)).id);
  assert.deepEqual([over.status, over.source, over.runs[0]?.done], ['done', 'simulated', 50]);
});

test('it is changed, and its process with it; then it is removed', async () => {
  const { page } = watched;
  const before = await unit('machine.a-second-npu');
  await page.locator('[data-unit="machine.a-second-npu"]').click();
  await page.getByRole('button', { name: 'Change this unit' }).click();
  await page.getByLabel('ResNet50').fill('9.5');
  await page.getByRole('button', { name: 'Save' }).click();
  await until(async () => ((await unit('machine.a-second-npu'))?.latencyMs?.resnet50 === 9.5 ? true : undefined), 'it');
  const changed = async () => (await unit('machine.a-second-npu'))?.live;
  await until(async () => ((await changed())?.pid !== before?.live.pid ? true : undefined), 'another process');
  await ready('machine.a-second-npu');
  await page.getByRole('button', { name: 'Change this unit' }).click();
  await page.getByRole('button', { name: 'Remove this unit' }).click();
  await page.getByRole('dialog').last().getByRole('button', { name: 'Remove this unit' }).last().click();
  await page.locator('[data-unit="machine.a-second-npu"]').waitFor({ state: 'detached' });
  assert.equal(await unit('machine.a-second-npu'), undefined);
  assert.deepEqual(watched.problems, []);
});

test('a real unit is not changed so, and how many models it holds is an administrator’s to set', async () => {
  await free();
  assert.equal((await owner.ask('DELETE', '/boards/machine/units/machine.cpu', {})).status, 409);
  assert.equal(
    (await owner.ask('PUT', '/boards/machine/units/none', { name: 'x', latencyMs: { mobilenet_v2: 1 } })).status,
    404,
  );
  const options = { threads: 1, cores: null, modelSlots: 2 };
  assert.equal((await owner.ask('PUT', '/units/machine.cpu/options', options)).status, 200);
  assert.equal((await ready('machine.cpu'))?.modelSlots, 2);
});

test('what a real unit’s switches cost is a person’s to say, and predictions reckon with it', async () => {
  const question = {
    ...posterRequest(10, { policies: ['fcfs'], switchMs: 'table' }),
    units: ['machine.cpu'],
  };
  const predicted = async (switchMs: number | null) => {
    await free();
    const options = { threads: 1, cores: null, modelSlots: 1, switchMs };
    assert.equal((await owner.ask('PUT', '/units/machine.cpu/options', options)).status, 200);
    assert.equal((await ready('machine.cpu'))?.options.switchMs, switchMs);
    const { perPolicy } = await owner.post<Estimate>('/estimate', question);
    return perPolicy[0]?.figures?.makespanMs ?? assert.fail(JSON.stringify(perPolicy));
  };
  await until(async () => {
    const known = await owner.get<{ unit: string }[]>('/profiles');
    return known.filter(({ unit }) => unit === 'machine.cpu').length === 3 || undefined;
  }, 'the times of its three models');
  // Thirty jobs by turns change models twenty-nine times.
  const [none, dear] = [await predicted(0), await predicted(1000)];
  assert.ok(Math.abs(dear - none - 29_000) < 1, `${none} and ${dear}`);
  assert.ok((await predicted(null)) < dear);
  assert.equal(
    (await owner.ask('PUT', '/units/machine.cpu/options', { threads: 1, cores: null, switchMs: -1 })).status,
    400,
  );
});
