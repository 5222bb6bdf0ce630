import type { ExperimentSpec } from '../application/experiment.ts';
import { totalJobs } from '../application/experiment.ts';
import type { KeptExperiment, Ledger, NewExperiment, PlatformNames, RunEnd, SourceMix } from '../application/ledger.ts';
import type { KeptProfile, Measured, Measurements } from '../application/measure/kept.ts';
import type { RunFigures } from '../application/measures.ts';
import { figuresKept } from './chunks.ts';
import { facetsOf } from './facets.ts';
import { profileRecorded } from './profile-history.ts';
import type { Recorder, Statement } from './record.ts';
import type { Database } from './sqlite.ts';
import type { TraceKeeper } from './trace-keeper.ts';

/** Keeps what happens, as it happens. Ids are counted here: only one process writes. */
export async function createLedger(db: Database, record: Recorder, traces: TraceKeeper): Promise<Ledger> {
  const nextId = await counters(db);
  return {
    queued: () => queuedExperiments(db),
    async create(experiment) {
      const id = nextId.experiment();
      const runs = experiment.runs.map((run) => ({ ...run, id: nextId.run() }));
      await record.write(...creation(experiment, id, runs));
      return { ...experiment, id, runs };
    },
    experimentStarted: (id) =>
      record.insist((db) =>
        db.experiment.update({ where: { id }, data: { status: 'running', startedAt: new Date() } }),
      ),
    experimentEnded: (id, status) =>
      record.insist((db) => db.experiment.update({ where: { id }, data: { status, endedAt: new Date() } })),
    runStarted: (id, plan) =>
      record.insist((db) =>
        db.run.update({
          where: { id },
          data: { status: 'running', startedAt: new Date(), plan: JSON.stringify(plan) },
        }),
      ),
    rows: (run, encoded) => traces.rows(run, encoded),
    note: (runId, note) => record.write((db) => db.runNote.create({ data: { runId, ...note } })),
    round: (runId, round) =>
      record.write((db) => db.raceRound.create({ data: { runId, round: JSON.stringify(round) } })),
    answer: (runId, { unit, model, input, top }) =>
      record.write((db) =>
        db.answer.upsert({
          where: { runId_unit_model_input: { runId, unit, model, input } },
          create: { runId, unit, model, input, top: JSON.stringify(top) },
          update: { top: JSON.stringify(top) },
        }),
      ),
    async runEnded(id, end) {
      const lost = await traces.finish(id).then(
        () => null,
        (error: Error) => error.message,
      );
      const data = endColumns(end, lost);
      await record.insist((db) => db.run.update({ where: { id }, data }));
      return data.status;
    },
    async figuresSoFar(run, plan) {
      await traces.settled(run); // what was lost is said when the run ends
      return figuresKept(db, run, plan);
    },
    runsDropped: (ids, status, reason) =>
      record.insist((db) =>
        db.run.updateMany({ where: { id: { in: [...ids] } }, data: { status, reason, endedAt: new Date() } }),
      ),
    saveProfiles: (profiles) =>
      record.write(...profiles.flatMap((profile) => [profileUpsert(profile), ...profileRecorded(profile)])),
    saveMeasurements: (fresh) => record.write(...measurementUpserts(fresh)),
  };
}

/** A number is never given twice: that of a deleted run stays its own. */
async function counters(db: Database) {
  const experiment = (await db.experiment.aggregate({ _max: { id: true } }))._max.id ?? 0;
  const kept = (await db.run.aggregate({ _max: { id: true } }))._max.id ?? 0;
  const deleted = (await db.deletedRun.aggregate({ _max: { id: true } }))._max.id ?? 0;
  const run = Math.max(kept, deleted);
  const counter = (last: number) => () => ++last;
  return { experiment: counter(experiment), run: counter(run) };
}

function creation(
  experiment: NewExperiment,
  id: number,
  runs: readonly (NewExperiment['runs'][number] & { id: number })[],
): Statement[] {
  const { name, source, spec, createdBy, ratePerS, boundThroughput } = experiment;
  const createdAt = new Date();
  const columns = { id, name, status: 'queued', source, createdBy, createdAt, ratePerS, boundThroughput };
  const jobs = totalJobs(spec);
  return [
    (db) =>
      db.experiment.create({
        data: { ...columns, spec: JSON.stringify(spec), platform: JSON.stringify(experiment.platform) },
      }),
    (db) =>
      db.experimentFacet.createMany({
        data: facetsOf(spec, createdBy).map((facet) => ({ ...facet, experimentId: id })),
      }),
    (db) =>
      db.run.createMany({
        data: runs.map(({ id: run, policy, repeat, predicted }) => ({
          ...{ id: run, experimentId: id, name, policy, repeat, status: 'queued', source, createdAt, jobs },
          predicted: predicted && JSON.stringify(predicted),
        })),
      }),
  ];
}

async function queuedExperiments(db: Database): Promise<KeptExperiment[]> {
  const rows = await db.experiment.findMany({
    where: { status: 'queued' },
    orderBy: { id: 'asc' },
    include: { runs: { select: { id: true, policy: true, repeat: true }, orderBy: { id: 'asc' } } },
  });
  return rows.map((row) => ({
    ...row,
    spec: JSON.parse(row.spec) as ExperimentSpec,
    platform: JSON.parse(row.platform) as PlatformNames,
    source: row.source as SourceMix,
  }));
}

/** The columns of a run that has ended; also what its page sorts by. */
export function endColumns({ status, reason, figures, failed, quality }: RunEnd, lost: string | null = null) {
  const sentences = [reason, lost].filter((sentence) => sentence !== null).join(' ');
  return {
    status: lost && status === 'done' ? 'failed' : status,
    reason: sentences || null,
    endedAt: new Date(),
    failed,
    figures: figures && JSON.stringify(figures),
    quality: quality && JSON.stringify(quality),
    throttledMs: quality?.machine?.throttledMs ?? null,
    ...(figures ? figureColumns(figures) : {}),
  };
}

/** A run without a finished job has no figure, and its columns say null rather than NaN. */
function figureColumns({ throughput, makespanMs, latency, utilisation, switches, jobs, missRate }: RunFigures) {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const shares = Object.values(utilisation);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return {
    done: jobs,
    throughput: finite(throughput),
    makespanMs: finite(makespanMs),
    meanMs: finite(latency.meanMs),
    p50Ms: finite(latency.p50Ms),
    p95Ms: finite(latency.p95Ms),
    p99Ms: finite(latency.p99Ms),
    utilisation: finite(mean),
    switches,
    missRate: missRate ?? null,
  };
}

const measuredColumns = ({ measuredAt, conditions }: Measured) => ({
  measuredAt: new Date(measuredAt),
  conditions: conditions && JSON.stringify(conditions),
});

function profileUpsert({ unit, model, ...figures }: KeptProfile): Statement {
  const data = { ...figures, ...measuredColumns(figures) };
  return (db) =>
    db.profile.upsert({
      where: { unit_model: { unit, model } },
      create: { unit, model, ...data },
      update: data,
    });
}

function measurementUpserts({ switchCosts, coRuns }: Measurements): Statement[] {
  const costs = switchCosts.map(({ unit, from: fromModel, to: toModel, ms, ciMs, samples, ...measured }): Statement => {
    const [key, data] = [
      { unit, fromModel, toModel },
      { ms, ciMs, samples, ...measuredColumns(measured) },
    ];
    const where = { unit_fromModel_toModel: key };
    return (db) => db.switchCost.upsert({ where, create: { ...key, ...data }, update: data });
  });
  const runs = coRuns.map(({ unit, beside, model, besideModel, factor, ci, samples, ...measured }): Statement => {
    const data = { model, besideModel, factor, ci, samples, ...measuredColumns(measured) };
    const where = { unit_beside: { unit, beside } };
    return (db) => db.coRun.upsert({ where, create: { unit, beside, ...data }, update: data });
  });
  return [...costs, ...runs];
}
