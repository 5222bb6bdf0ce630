import type { Status } from '../application/experiment.ts';
import type { PlatformNames } from '../application/ledger.ts';
import type { RunFigures } from '../application/measures.ts';
import type { Answer, RunQuality } from '../application/messages.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { ExperimentView, Page, RunDetail, RunNote, RunSort, RunView, SourceMix } from '../panel/wire.ts';
import type { RaceRound } from '../scheduling/race-round.ts';
import { after, type Cursor, nextCursor } from './cursor.ts';
import type { Database } from './sqlite.ts';
import { experimentView, platformNames, RUN_COLUMNS, type RunRow, runView, WITH_RUNS } from './views.ts';

export interface RunQuestion {
  readonly q?: string | undefined;
  readonly policy?: string | undefined;
  readonly status?: Status | undefined;
  readonly source?: SourceMix | undefined;
  readonly experiment?: number | undefined;
  readonly sort: RunSort;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
}
/** A run as it was kept; labels are the model store's to add. */
export type KeptRun = Omit<RunDetail, 'models'> & { readonly models: PlatformNames['models'] };

export interface Browse {
  runs(question: RunQuestion): Promise<Page<RunView>>;
  experiments(page: { limit: number; before?: number | undefined }): Promise<Page<ExperimentView>>;
  experiment(id: number): Promise<ExperimentView | null>;
  /** Those that run or wait, in the order that they will run. */
  openExperiments(): Promise<ExperimentView[]>;
  run(id: number): Promise<KeptRun | null>;
  runLine(id: number): Promise<RunView | null>;
  /** What the policy `race` rehearsed in the run, in order. */
  rounds(run: number): Promise<RaceRound[]>;
  recentRuns(count: number): Promise<RunView[]>;
}

/** The questions that pages ask. Each is a fixed number of queries, however many rows there are. */
export function createBrowse(db: Database): Browse {
  return {
    runs: (question) => runsPage(db, question),
    experiments: (page) => experimentsPage(db, page),
    async experiment(id) {
      const row = await db.experiment.findUnique({ where: { id }, include: WITH_RUNS });
      return row && experimentView(row);
    },
    async openExperiments() {
      const where = { status: { in: ['running', 'queued'] } };
      return (await db.experiment.findMany({ where, include: WITH_RUNS, orderBy: { id: 'asc' } })).map(experimentView);
    },
    run: (id) => keptRun(db, id),
    async runLine(id) {
      const row = await db.run.findUnique({ where: { id }, select: RUN_COLUMNS });
      return row && runView(row);
    },
    async rounds(runId) {
      const rows = await db.raceRound.findMany({ where: { runId }, orderBy: { id: 'asc' } });
      return rows.map(({ round }) => JSON.parse(round) as RaceRound);
    },
    async recentRuns(count) {
      const where = { status: { not: 'queued' } };
      return (await db.run.findMany({ where, select: RUN_COLUMNS, orderBy: { id: 'desc' }, take: count })).map(runView);
    },
  };
}

async function runsPage(db: Database, question: RunQuestion): Promise<Page<RunView>> {
  const { sort, limit } = question;
  const total = await db.run.count({ where: runFilter(question) });
  const rows = await runRows(db, question, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(runView), next: last ? nextCursor(last, sort) : null, total };
}

/** The next rows after the question's cursor. */
export function runRows(db: Database, question: Omit<RunQuestion, 'limit'>, take: number): Promise<RunRow[]> {
  const { sort, order, cursor } = question;
  const where = runFilter(question);
  return db.run.findMany({
    where: cursor ? { AND: [where, after(cursor, sort, order)] } : where,
    select: RUN_COLUMNS,
    orderBy: sort === 'id' ? [{ id: order }] : [sortBy(sort, order), { id: order }],
    take,
  });
}

function runFilter({ q, policy, status, source, experiment }: Partial<RunQuestion>): Prisma.RunWhereInput {
  return {
    ...(policy && { policy }),
    ...(status && { status }),
    ...(source && { source }),
    ...(experiment !== undefined && { experimentId: experiment }),
    ...(q && { OR: [{ name: { contains: q } }, { policy: { contains: q } }, ...numbered(q)] }),
  };
}

const numbered = (q: string): Prisma.RunWhereInput[] =>
  /^#?\d{1,9}$/.test(q) ? [{ id: Number(q.replace('#', '')) }] : [];

/** Runs without a figure come last in either direction. */
function sortBy(sort: RunSort, order: 'asc' | 'desc'): Prisma.RunOrderByWithRelationInput {
  return sort === 'id' || sort === 'policy' || sort === 'status'
    ? { [sort]: order }
    : { [sort]: { sort: order, nulls: 'last' } };
}

async function experimentsPage(db: Database, { limit, before }: { limit: number; before?: number | undefined }) {
  const total = await db.experiment.count();
  const rows = await db.experiment.findMany({
    ...(before !== undefined && { where: { id: { lt: before } } }),
    include: WITH_RUNS,
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(experimentView);
  return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null, total };
}

async function keptRun(db: Database, id: number): Promise<KeptRun | null> {
  const row = await db.run.findUnique({
    where: { id },
    include: {
      experiment: { include: WITH_RUNS },
      notes: { orderBy: { id: 'asc' } },
      answers: { orderBy: [{ unit: 'asc' }, { model: 'asc' }, { input: 'asc' }] },
    },
  });
  if (!row) return null;
  const experiment = experimentView(row.experiment);
  const figures = parsed<RunFigures>(row.figures);
  return {
    ...runView(row.experiment.runs.find((run) => run.id === id)!), // the experiment's runs hold this one
    spec: experiment.spec,
    ...platformNames(row.experiment),
    figures,
    predicted: parsed<RunFigures>(row.predicted),
    boundThroughput: figures?.boundThroughput ?? row.experiment.boundThroughput,
    quality: parsed<RunQuality>(row.quality),
    notes: row.notes.map(({ atMs, kind, unit, text }) => ({ atMs, kind: kind as RunNote['kind'], unit, text })),
    answers: row.answers.map(({ unit, model, input, top }) => ({ unit, model, input, top: JSON.parse(top) }) as Answer),
    rows: row.rows,
    siblings: experiment.runs,
  };
}

const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));
