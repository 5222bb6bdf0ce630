import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ExperimentView, PresetView, RunView, UnitView, UserAdded } from '../panel/wire.ts';
import {
  claim,
  type Person,
  type Product,
  personAt,
  posterRequest,
  startProduct,
  temporaryFolder,
  until,
} from './product.ts';

// Two people at one board, in the same moment: nothing of either is lost, and what cannot be is said.

const folder = temporaryFolder();
let product: Product;
let ada: Person;
let bob: Person;

before(async () => {
  product = await startProduct(folder.path);
  ada = await claim(product);
  const password = 'another long password';
  await ada.post<UserAdded>('/users', { name: 'bob', role: 'operator', password });
  bob = personAt(product.ready.url);
  await bob.post('/login', { name: 'bob', password });
});
after(async () => {
  await product.stop();
  folder.remove();
});

const both = () => [ada, bob] as const;
const json = async <T>(response: Promise<Response>): Promise<{ status: number; body: T }> => {
  const { status, ...rest } = await response.then(async (r) => ({ status: r.status, body: (await r.json()) as T }));
  return { status, ...rest };
};

test('what both launch at once is queued, each once and under its own name', async () => {
  const asked = both().flatMap((person, p) =>
    Array.from({ length: 5 }, (_, n) =>
      json<ExperimentView>(person.ask('POST', '/experiments', posterRequest(1, { name: `${p}-${n}`, switchMs: 0 }))),
    ),
  );
  const launched = await Promise.all(asked);
  assert.deepEqual(
    launched.map(({ status }) => status),
    launched.map(() => 201),
  );
  assert.equal(new Set(launched.map(({ body }) => body.id)).size, 10);
  for (const { body } of launched) assert.equal(body.createdBy, body.name.startsWith('0') ? 'ada' : 'bob');
  const all = async () =>
    (await Promise.all(launched.map(({ body }) => ada.get<ExperimentView>(`/experiments/${body.id}`)))).every(
      ({ status }) => status === 'done',
    );
  await until(async () => ((await all()) ? true : undefined), 'all ten', 60_000);
});

test('both stop the same, and launch meanwhile: it is stopped once, and what waits behind goes on', async () => {
  const long = await ada.post<ExperimentView>('/experiments', posterRequest(500));
  const next = await bob.post<ExperimentView>('/experiments', posterRequest(1, { switchMs: 0 }));
  const stops = await Promise.all(
    [...both(), ...both()].map((person) =>
      json<ExperimentView>(person.ask('POST', `/experiments/${long.id}/stop`, {})),
    ),
  );
  assert.deepEqual(
    stops.map(({ status }) => status),
    [200, 200, 200, 200],
  );
  const over = (id: number, status: string) =>
    until(
      async () => ((await ada.get<ExperimentView>(`/experiments/${id}`)).status === status ? true : undefined),
      status,
      60_000,
    );
  await over(long.id, 'stopped');
  await over(next.id, 'done');
});

test('tags that both add to the same run at once are all there; of two notes one stands, whole', async () => {
  const [run] = (await ada.get<{ items: RunView[] }>('/runs?limit=1')).items;
  const { id } = run!; // there are some
  const tags = Array.from({ length: 16 }, (_, n) => `tag${n}`);
  await Promise.all(tags.map((tag, n) => both()[n % 2]!.post('/runs/tag', { runs: [id], add: [tag] })));
  await Promise.all(
    both().map((person, p) => person.ask('PUT', `/runs/${id}/marks`, { note: `note of ${p}`.repeat(50) })),
  );
  const kept = await ada.get<RunView>(`/runs/${id}`);
  assert.deepEqual([...kept.tags].sort(), [...tags].sort());
  assert.ok(kept.note === 'note of 0'.repeat(50) || kept.note === 'note of 1'.repeat(50));
});

test('units, boards and presets that both make under one name are two, or one that both see', async () => {
  const unit = { name: 'twin', latencyMs: { mobilenet_v2: 5 } };
  const made = await Promise.all(
    [...both(), ...both()].map((person) => json<UnitView>(person.ask('POST', '/boards/machine/units', unit))),
  );
  assert.deepEqual(
    made.map(({ status }) => status),
    [201, 201, 201, 201],
  );
  assert.equal(new Set(made.map(({ body }) => body.id)).size, 4);
  const presets = await Promise.all(
    both().map((person, p) =>
      json<PresetView>(person.ask('POST', '/presets', { name: 'ours', spec: posterRequest(p + 1) })),
    ),
  );
  assert.deepEqual(
    presets.map(({ status }) => status),
    [201, 201],
  );
  assert.equal((await bob.get<PresetView[]>('/presets')).filter(({ name }) => name === 'ours').length, 1);
  const gone = `/boards/machine/units/${made[0]!.body.id}`; // four were made
  const removed = await Promise.all(both().map((person) => person.ask('DELETE', gone)));
  assert.ok(removed.every(({ status }) => status === 200 || status === 404));
  assert.equal((await ada.ask('DELETE', gone)).status, 404, 'it is gone for both');
});

test('what one runs while the other takes it away is refused in a sentence, or runs', async () => {
  const table = { units: [{ id: 'a' }], models: ['x'], latencyMs: { a: { x: 20 } } };
  const board = await ada.post<{ id: string }>('/boards', { name: 'short lived', table });
  const request = { ...posterRequest(1), units: [`${board.id}.a`], models: [{ id: 'x', jobs: 30 }] };
  const [launched, removed] = await Promise.all([
    json<ExperimentView & { error?: string }>(ada.ask('POST', '/experiments', request)),
    json<{ error?: string }>(bob.ask('DELETE', `/boards/${board.id}`)),
  ]);
  assert.ok(launched.status === 201 || removed.status === 200, 'one of them got what they wanted');
  for (const { status, body } of [launched, removed])
    assert.ok(status < 300 || (status < 500 && /^\S.{10,300}$/.test(body.error ?? '')), `${status}`);
  if (launched.status !== 201) return;
  const end = await until(async () => {
    const view = await ada.get<ExperimentView>(`/experiments/${launched.body.id}`);
    return view.status === 'queued' || view.status === 'running' ? undefined : view;
  }, 'its end');
  assert.ok(
    end.status === 'done' || end.runs.every(({ reason }) => (reason ?? '').length > 5),
    JSON.stringify(end.runs),
  );
});
