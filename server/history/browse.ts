import type { AskedRun } from '../application/again.ts';
import type { ExperimentSpec } from '../application/experiment.ts';
import type { PlatformNames } from '../application/ledger.ts';
import type { RunFigures } from '../application/measures.ts';
import type { Answer, RunQuality } from '../application/messages.ts';
import type {
  ExperimentView,
  ListedRun,
  Page,
  RunDetail,
  RunNote,
  RunValues,
  RunView,
  Tombstone,
} from '../panel/wire.ts';
import type { RaceRound } from '../scheduling/race-round.ts';
import { type PageQuestion, runsPage } from './run-list.ts';
import { runValues } from './run-values.ts';
import type { Database } from './sqlite.ts';
import { tombstone } from './tombstone.ts';
import { experimentView, platformNames, RUN_COLUMNS, runView, WITH_RUNS } from './views.ts';

/** A run as it was kept; labels are the model store's to add. */
export type KeptRun = Omit<RunDetail, 'models'> & { readonly models: PlatformNames['models'] };

export interface Browse {
  runs(question: PageQuestion): Promise<Page<ListedRun>>;
  /** What searches can name. */
  values(): Promise<RunValues>;
  experiments(page: { limit: number; before?: number | undefined }): Promise<Page<ExperimentView>>;
  experiment(id: number): Promise<ExperimentView | null>;
  /** Those that run or wait, in the order that they will run. */
  openExperiments(): Promise<ExperimentView[]>;
  run(id: number): Promise<KeptRun | null>;
  runLine(id: number): Promise<RunView | null>;
  /** What is left of a run that was deleted. */
  tombstone(id: number): Promise<Tombstone | null>;
  /** What these runs were asked, those that are still there. */
  asked(runs: readonly number[]): Promise<AskedRun[]>;
  /** What the policy `race` rehearsed in the run, in order. */
  rounds(run: number): Promise<RaceRound[]>;
  recentRuns(count: number): Promise<RunView[]>;
}

/** The questions that pages ask. Each is a fixed number of queries, however many rows there are. */
export function createBrowse(db: Database): Browse {
  return {
    runs: (question) => runsPage(db, question),
    values: () => runValues(db),
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
    tombstone: (id) => tombstone(db, id),
    asked: (runs) => askedRuns(db, runs),
    async rounds(runId) {
      const rows = await db.raceRound.findMany({ where: { runId }, orderBy: { id: 'asc' } });
      return rows.map(({ round }) => JSON.parse(round) as RaceRound);
    },
    async recentRuns(count) {
      const where = { status: { not: 'queued' }, archivedAt: null };
      return (await db.run.findMany({ where, select: RUN_COLUMNS, orderBy: { id: 'desc' }, take: count })).map(runView);
    },
  };
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

async function askedRuns(db: Database, runs: readonly number[]): Promise<AskedRun[]> {
  const rows = await db.run.findMany({
    where: { id: { in: [...runs] } },
    select: { id: true, policy: true, repeat: true, experimentId: true, experiment: { select: { spec: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ experimentId, experiment, ...run }) => ({
    ...run,
    experiment: experimentId,
    spec: JSON.parse(experiment.spec) as ExperimentSpec,
  }));
}

const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));
