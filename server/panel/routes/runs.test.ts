import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { experimentNamed } from '../../history/scratch.ts';
import { askAs, type ScratchPanel, scratchPanel } from '../scratch.ts';
import type { ListedRun, Page, Relaunched, SavedView, Tombstone } from '../wire.ts';

let panel: ScratchPanel;
let operator: string;
before(async () => {
  panel = await scratchPanel();
  operator = await panel.sessionOf('operator');
  for (const name of ['poster', 'night sweep'])
    await panel.history.ledger.create(experimentNamed(name, ['fcfs', 'sjf']));
  await panel.history.db.run.updateMany({ where: { id: { in: [1, 2, 3] } }, data: { status: 'done' } });
});
after(() => panel.close());

const ask = (method: string, path: string, body?: unknown) => askAs(panel, operator, method, `/api/v1${path}`, body);
const list = async (query: string): Promise<Page<ListedRun>> => JSON.parse((await ask('GET', `/runs?${query}`)).text);
const ids = async (q: string): Promise<number[]> =>
  (await list(new URLSearchParams({ q }).toString())).items.map(({ id }) => id);

test('the list is searched by its language, and by filters that stand in the address alone', async () => {
  assert.deepEqual(await ids('policy:sjf poster'), [2]);
  assert.deepEqual(
    (await list('policy=sjf&experiment=2')).items.map(({ id }) => id),
    [4],
  );
  assert.deepEqual(
    (await list('q=policy:sjf&ids=1,2,3')).items.map(({ id }) => id),
    [2],
  );
  assert.equal((await ask('GET', '/runs?ids=1,x')).status, 400);
});

test('a wrong search is refused in a sentence that explains the syntax', async () => {
  for (const path of ['/runs?q=polcy:sjf', '/runs.csv?q=polcy:sjf', '/runs.json?q=polcy:sjf']) {
    const { status, text } = await ask('GET', path);
    const { error, code, fields } = JSON.parse(text);
    assert.deepEqual([status, code], [400, 'bad_search'], path);
    assert.match(error, /no filter "polcy"; there are policy, model/);
    assert.equal(fields.q, error);
  }
  assert.equal((await ask('POST', '/views', { name: 'broken', query: 'q=polcy:sjf' })).status, 400);
});

test('tags are one word each, in lower case; marks are told to every browser', async () => {
  const marked = await ask('PUT', '/runs/1/marks', { tags: ['Paper', 'paper', '논문'], note: ' quiet ' });
  const { tags, note } = JSON.parse(marked.text);
  assert.deepEqual([marked.status, tags, note], [200, ['paper', '논문'], 'quiet']);
  for (const tag of ['two words', '', '-minus', 'x'.repeat(33)])
    assert.equal((await ask('PUT', '/runs/1/marks', { tags: [tag] })).status, 400, tag);
  assert.equal((await ask('PUT', '/runs/99/marks', { note: 'x' })).status, 404);
  assert.deepEqual(JSON.parse((await ask('POST', '/runs/tag', { runs: [1, 2, 99], add: ['paper'] })).text), {
    changed: [2],
    missing: [99],
  });
  assert.deepEqual(await ids('tag:paper'), [2, 1]);
});

test('archiving takes runs out of the list until they are asked for', async () => {
  await ask('POST', '/runs/archive', { runs: [3], archived: true });
  assert.deepEqual([await ids('night'), await ids('night archived:any')], [[4], [4, 3]]);
  await ask('POST', '/runs/archive', { runs: [3], archived: false });
  assert.deepEqual(await ids('night'), [4, 3]);
});

test('what runs or waits is not deleted; what was deleted answers 410 and leaves a tombstone', async () => {
  const { status, text } = await ask('POST', '/runs/delete', { runs: [3, 4] });
  assert.deepEqual([status, JSON.parse(text).error], [409, 'run 4 is not over; stop its experiment first']);
  assert.deepEqual(await ids('night'), [4, 3]);
  await ask('POST', '/runs/delete', { runs: [3] });
  const gone = await ask('GET', '/runs/3');
  assert.deepEqual([gone.status, JSON.parse(gone.text).code], [410, 'deleted']);
  const left: Tombstone = JSON.parse((await ask('GET', '/runs/3/tombstone')).text);
  assert.deepEqual([left.name, left.policy, left.deletedBy], ['night sweep', 'fcfs', 'the operator']);
  assert.equal((await ask('GET', '/runs/1/tombstone')).status, 404);
});

test('a run is run again as its policy alone; what can not be run again says why, and holds up nothing', async () => {
  const elsewhere = experimentNamed('elsewhere');
  const units = ['gone.npu'];
  const { runs } = await panel.history.ledger.create({ ...elsewhere, spec: { ...elsewhere.spec, units } });
  const lost = runs[0]!.id; // it has one
  const { status, text } = await ask('POST', '/runs/rerun', { runs: [2, lost] });
  const { experiments, refused }: Relaunched = JSON.parse(text);
  assert.equal(status, 201);
  assert.deepEqual(
    experiments.map(({ name, runs }) => [name, runs.map((run) => run.policy)]),
    [['poster', ['sjf']]],
  );
  assert.deepEqual(refused, ['no board here has a unit "gone.npu"']);
  assert.equal((await ask('POST', '/runs/rerun', { runs: [lost] })).status, 400);
  assert.equal((await ask('POST', '/runs/rerun', { runs: [3] })).status, 404);
});

test('a viewer reads the list and its views, and changes neither', async () => {
  const viewer = await panel.sessionOf('viewer');
  const view: SavedView = JSON.parse(
    (await ask('POST', '/views', { name: 'Mine', query: 'q=tag%3Apaper&sort=p99Ms' })).text,
  );
  const views = await askAs(panel, viewer, 'GET', '/api/v1/views');
  assert.deepEqual(JSON.parse(views.text), [{ ...view, id: 'mine', createdBy: 'the operator' }]);
  for (const [method, path, body] of [
    ['POST', '/views', { name: 'x', query: '' }],
    ['DELETE', '/views/mine', undefined],
    ['POST', '/runs/tag', { runs: [1], add: ['x'] }],
    ['POST', '/runs/delete', { runs: [1] }],
    ['PUT', '/runs/1/marks', { note: 'x' }],
  ] as const)
    assert.equal((await askAs(panel, viewer, method, `/api/v1${path}`, body)).status, 403, path);
  assert.equal((await ask('DELETE', '/views/mine')).status, 200);
});
