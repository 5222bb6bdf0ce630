import { simulate } from '../../server/application/simulate.ts';
import { connect } from '../../server/history/connection.ts';
import { migrate } from '../../server/history/migrate.ts';
import { posterSimulation } from '../../server/test/drawing.ts';

/** Runs of one experiment: five policies, twice. */
export const RUNS_OF_EACH = 10;
const POLICIES = ['fcfs', 'affinity', 'sjf', 'priority', 'fluid'] as const;
const TAGS = ['paper', 'baseline', 'thesis', 'retry'];
const WORKLOADS = ['closed', 'poisson', 'bursts'];
const BATCH = 1000;

/** A history as years of use would leave it: runs with their long columns, tags, notes and an archive, from a seed of its own. */
export async function writeHistory(file: string, migrations: string, runs: number): Promise<void> {
  await migrate(file, migrations);
  const client = await connect(file);
  await client.executeMultiple('PRAGMA synchronous=OFF');
  const figures = JSON.stringify(simulate(posterSimulation('sjf', 100)).figures);
  const experiments = Math.ceil(runs / RUNS_OF_EACH);
  for (let first = 1; first <= experiments; first += BATCH) {
    const last = Math.min(experiments, first + BATCH - 1);
    const rows = Array.from({ length: last - first + 1 }, (_, i) => experiment(first + i, experiments));
    await client.batch(
      [
        { sql: EXPERIMENTS, args: [JSON.stringify(rows)] },
        { sql: FACETS, args: [JSON.stringify(rows.flatMap(facets))] },
        { sql: RUNS, args: [JSON.stringify(rows.flatMap(runsOf)), figures, figures] },
        { sql: TAGGED, args: [JSON.stringify(rows.flatMap(runsOf).flatMap(tagged))] },
        { sql: REMARKS, args: [JSON.stringify(rows.flatMap(runsOf).filter(({ id }) => id % 25 === 0))] },
      ],
      'write',
    );
  }
  await client.executeMultiple('PRAGMA wal_checkpoint(TRUNCATE)');
  client.close();
}

type Experiment = ReturnType<typeof experiment>;

function experiment(id: number, of: number) {
  const workload = WORKLOADS[id % 3]!; // three of them
  const models = id % 4 === 0 ? ['mobilenet_v2'] : ['mobilenet_v2', 'resnet50', 'resnet101'];
  const units = id % 10 === 0 ? ['machine.cpu'] : ['tinker.cpu', 'tinker.ncs2', 'tinker.coral', 'tinker.npu'];
  const createdAt = new Date(Date.UTC(2026, 10, 20) - (of - id) * 3_600_000).toISOString().replace('Z', '+00:00');
  const name = `${['Poster', 'Night sweep', 'Load study', 'Regression'][id % 4]} ${id}`;
  const spec = {
    ...{ name, units, models: models.map((model) => ({ id: model, jobs: 100 })), policies: POLICIES },
    ...{ workload: workload === 'closed' ? { kind: workload } : { kind: workload, load: 0.8 }, repeats: 2, seed: 42 },
    ...{ switchMs: 500, noiseCv: 0, ranks: 'poster', pictures: [] },
  };
  return { id, name, source: id % 10 === 0 ? 'hardware' : 'simulated', workload, models, units, createdAt, spec };
}

const facets = ({ id, models, units, workload }: Experiment) => [
  ...models.map((value) => ({ field: 'model', value, id })),
  ...units.flatMap((value) => [value, value.split('.')[1]].map((value) => ({ field: 'unit', value, id }))),
  { field: 'board', value: units[0]!.split('.')[0], id }, // one at least
  { field: 'workload', value: workload, id },
  { field: 'by', value: 'ada', id },
];

function runsOf({ id: experiment, name, source, createdAt }: Experiment) {
  return Array.from({ length: RUNS_OF_EACH }, (_, i) => {
    const id = (experiment - 1) * RUNS_OF_EACH + i + 1;
    const chance = scatter(id);
    return {
      ...{ id, experiment, name, source, createdAt, policy: POLICIES[i % 5], repeat: (i / 5) | 0 },
      status: chance < 0.02 ? 'failed' : chance < 0.05 ? 'stopped' : 'done',
      throughput: 20 + 60 * scatter(id + 1),
      makespanMs: 3000 + 9000 * scatter(id + 2),
      latencyMs: 200 + 2000 * scatter(id + 3),
      utilisation: 0.3 + 0.7 * scatter(id + 4),
      archivedAt: id % 20 === 0 ? createdAt : null,
    };
  });
}

const tagged = ({ id }: { readonly id: number }) =>
  id % 7 === 0 ? [{ id, tag: TAGS[id % TAGS.length] }] : id === 1234 ? [{ id, tag: 'rare' }] : [];

/** A number from 0 to 1 that looks like chance and is always the same. */
function scatter(n: number): number {
  const mixed = Math.imul(n ^ (n >>> 15), 0x85ebca6b);
  return ((Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

const of = (key: string) => `(value ->> '${key}')`;
const EXPERIMENTS = `INSERT INTO Experiment (id, name, status, source, spec, platform, createdBy, createdAt, endedAt)
  SELECT ${of('id')}, ${of('name')}, 'done', ${of('source')}, value -> 'spec', '{"units":[],"models":[],"pictures":[]}', 'ada', ${of('createdAt')}, ${of('createdAt')}
  FROM json_each(?)`;
const FACETS = `INSERT INTO ExperimentFacet (field, value, experimentId) SELECT ${of('field')}, ${of('value')}, ${of('id')} FROM json_each(?)`;
const RUNS = `INSERT INTO Run (id, experimentId, name, policy, repeat, status, source, createdAt, startedAt, endedAt, jobs, done,
    throughput, makespanMs, meanMs, p50Ms, p95Ms, p99Ms, utilisation, switches, rows, archivedAt, plan, figures, predicted, quality)
  SELECT ${of('id')}, ${of('experiment')}, ${of('name')}, ${of('policy')}, 1 + ${of('repeat')}, ${of('status')}, ${of('source')},
    ${of('createdAt')}, ${of('createdAt')}, ${of('createdAt')}, 300, 300, ${of('throughput')}, ${of('makespanMs')}, ${of('latencyMs')},
    ${of('latencyMs')}, 2 * ${of('latencyMs')}, 3 * ${of('latencyMs')}, ${of('utilisation')}, 4, 0, ${of('archivedAt')}, '{}', ?2, ?3, '{}'
  FROM json_each(?1)`;
const TAGGED = `INSERT INTO RunTag (runId, tag) SELECT ${of('id')}, ${of('tag')} FROM json_each(?)`;
const REMARKS = `INSERT INTO RunRemark (runId, text) SELECT ${of('id')}, 'fan was off during run ' || ${of('id')} FROM json_each(?)`;
