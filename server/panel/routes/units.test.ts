import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { UnitLive } from '../../application/messages.ts';
import type { UnitId } from '../../hardware/unit.ts';
import { askAs, type ScratchPanel, scratchPanel } from '../scratch.ts';
import type { BoardState, KeptUnitEvent, Page, UnitDetail, UnitSummary, UnitView } from '../wire.ts';

let panel: ScratchPanel;
let operator: string;
before(async () => {
  panel = await scratchPanel();
  operator = await panel.sessionOf('operator');
});
after(() => panel.close());

const ask = (method: string, path: string, body?: unknown) => askAs(panel, operator, method, `/api/v1${path}`, body);
const get = async <T>(path: string): Promise<T> => JSON.parse((await ask('GET', path)).text);
const events = async (unit: string): Promise<string[]> => {
  await panel.history.record.settled();
  const { items } = await get<Page<KeptUnitEvent>>(`/units/${unit}/events`);
  return items.map(({ kind, text, who }) => [kind, text, who].filter(Boolean).join(' · '));
};
const live = (part: Partial<UnitLive>): UnitLive => ({
  ...{ id: 'tinker.npu' as UnitId, status: 'ready', pid: 4711, reason: null, model: null, resident: [], crashes: 0 },
  ...{ faults: [], jobs: 0, failed: 0, switches: 0, drift: null },
  ...part,
});

test('a unit that is excluded says so everywhere, with who did it and why, until it is taken back', async () => {
  const put = await ask('PUT', '/units/tinker.coral/exclusion', { reason: '  USB 2.0 port ' });
  assert.equal(put.status, 200);
  const view: UnitView = JSON.parse(put.text);
  assert.deepEqual([view.excluded?.reason, view.excluded?.who], ['USB 2.0 port', 'the operator']);
  const board = await get<BoardState>('/board');
  const shown = board.boards.flatMap(({ units }) => units).filter(({ excluded }) => excluded !== null);
  assert.deepEqual(
    shown.map(({ id }) => id),
    ['tinker.coral'],
  );
  assert.deepEqual([...(await panel.history.exclusions.list()).keys()], ['tinker.coral']);
  const back: UnitView = JSON.parse((await ask('DELETE', '/units/tinker.coral/exclusion')).text);
  assert.equal(back.excluded, null);
  await ask('DELETE', '/units/tinker.coral/exclusion');
  assert.deepEqual(await events('tinker.coral'), ['included · the operator', 'excluded · USB 2.0 port · the operator']);
  assert.equal((await panel.history.exclusions.list()).size, 0);
  assert.match(
    (await ask('PUT', '/units/tinker.coral/exclusion', { reason: 'x'.repeat(201) })).text,
    /200 characters at most/,
  );
});

test('what happens to a unit stands in its list, and the newest of it in the list of units', async () => {
  panel.say({ type: 'unit', unit: live({}) });
  panel.say({ type: 'unit', unit: live({ status: 'absent', pid: null, crashes: 1, reason: 'it hung' }) });
  panel.say({ type: 'unit', unit: live({ crashes: 1, pid: 4712 }) });
  assert.deepEqual(await events('tinker.npu'), ['back', 'lost · it hung']);
  const units = await get<UnitSummary[]>('/units');
  assert.deepEqual(
    units.map(({ unit }) => unit.id),
    ['machine.cpu', 'tinker.cpu', 'tinker.ncs2', 'tinker.coral', 'tinker.npu'],
  );
  const own = units.find(({ unit }) => unit.id === 'tinker.npu');
  assert.deepEqual([own?.last?.kind, typeof own?.upSince], ['back', 'string']);
  const detail = await get<UnitDetail>('/units/tinker.npu');
  assert.deepEqual([detail.machine, detail.events.total, detail.unit.live.crashes], [null, 2, 1]);
  const page = await get<Page<KeptUnitEvent>>('/units/tinker.npu/events?limit=1');
  assert.deepEqual([page.items.length, page.total], [1, 2]);
  const rest = await get<Page<KeptUnitEvent>>(`/units/tinker.npu/events?limit=1&cursor=${page.next}`);
  assert.deepEqual([rest.items[0]?.kind, rest.next], ['lost', null]);
});

test('a unit says what it computes with, as its process said last', async () => {
  const told = async () => (await get<UnitDetail>('/units/machine.cpu')).computesWith;
  assert.equal(await told(), null);
  for (const info of ['ONNX Runtime 1.24.2', 'ONNX Runtime 1.24.3'])
    panel.say({ type: 'unit-info', unit: 'machine.cpu' as UnitId, info });
  assert.equal(await told(), 'ONNX Runtime 1.24.3');
});

test('a real unit says what the machine’s sensors say, and what none says is null', async () => {
  const { machine } = await get<UnitDetail>('/units/machine.cpu');
  assert.ok(machine);
  assert.ok(machine.cores > 0 && machine.memory.totalBytes > machine.memory.freeBytes);
  for (const value of [machine.temperatureC, machine.clockMHz]) assert.ok(value === null || value > 0);
});

test('a reset goes to the engine and is noted, but not under somebody’s run', async () => {
  assert.equal((await ask('POST', '/units/tinker.npu/reset', {})).status, 200);
  assert.deepEqual(panel.commands.at(-1), { type: 'reset', unit: 'tinker.npu' });
  assert.equal((await events('tinker.npu'))[0], 'reset · the operator');
  panel.say({ type: 'measure', state: { board: 'tinker', status: 'measuring', step: null, done: 0, of: 9 } });
  const refused = await ask('POST', '/units/tinker.npu/reset', {});
  assert.equal(refused.status, 409);
  assert.match(
    refused.text,
    /the units of Tinker Edge R \(simulated\) are being measured; a unit is not reset under it/,
  );
  panel.say({ type: 'measure', state: { board: 'tinker', status: 'done', reason: null } });
  panel.say({ type: 'unit', unit: live({ status: 'absent', pid: null, crashes: 1, reason: 'it was unplugged' }) });
  const away = await ask('POST', '/units/tinker.npu/reset', {});
  assert.equal(away.status, 409);
  assert.match(away.text, /Rockchip NPU is absent: it was unplugged; it has no process to reset/);
});

test('faults that a person sets and takes back are told with their name', async () => {
  await ask('POST', '/units/tinker.ncs2/fault', { kind: 'slow', factor: 3 });
  await ask('POST', '/units/tinker.ncs2/fault', { kind: 'clear' });
  assert.deepEqual(await events('tinker.ncs2'), ['faults-cleared · the operator', 'fault · slow 3 · the operator']);
  assert.equal((await ask('POST', '/units/machine.cpu/fault', { kind: 'crash' })).status, 400);
});

test('a unit that does not exist is not found, and a viewer changes nothing', async () => {
  for (const path of ['/units/tinker.none', '/units/tinker.none/events'])
    assert.equal((await ask('GET', path)).status, 404);
  const viewer = await panel.sessionOf('viewer');
  for (const [method, path] of [
    ['PUT', 'exclusion'],
    ['DELETE', 'exclusion'],
    ['POST', 'reset'],
  ] as const)
    assert.equal((await askAs(panel, viewer, method, `/api/v1/units/tinker.npu/${path}`, {})).status, 403);
  assert.equal((await askAs(panel, viewer, 'GET', '/api/v1/units/tinker.npu')).status, 200);
});
