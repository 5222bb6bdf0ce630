import type { ExperimentSpec, Status } from '../application/experiment.ts';
import type { PlatformNames, SourceMix } from '../application/ledger.ts';
import type { Experiment, Prisma } from '../generated/prisma/client.ts';
import type { ExperimentView, RunView } from '../panel/wire.ts';

/** The columns that a list shows; the JSON ones stay in the database until one run is asked for. */
export const RUN_COLUMNS = {
  id: true,
  experimentId: true,
  name: true,
  policy: true,
  repeat: true,
  status: true,
  source: true,
  reason: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  jobs: true,
  done: true,
  failed: true,
  throughput: true,
  makespanMs: true,
  meanMs: true,
  p50Ms: true,
  p95Ms: true,
  p99Ms: true,
  utilisation: true,
  switches: true,
  missRate: true,
  throttledMs: true,
  archivedAt: true,
  tags: { select: { tag: true }, orderBy: { tag: 'asc' } },
  remark: { select: { text: true } },
} as const;
export type RunRow = Prisma.RunGetPayload<{ select: typeof RUN_COLUMNS }>;
export const WITH_RUNS = { runs: { select: RUN_COLUMNS, orderBy: { id: 'asc' } } } as const;
export type ExperimentRow = Experiment & { runs: RunRow[] };

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export function runView({ experimentId, archivedAt, tags, remark, ...row }: RunRow): RunView {
  return {
    ...row,
    experiment: experimentId,
    status: row.status as Status,
    source: row.source as SourceMix,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    endedAt: iso(row.endedAt),
    tags: tags.map(({ tag }) => tag),
    note: remark?.text ?? '',
    archived: archivedAt !== null,
  };
}

export function experimentView(row: ExperimentRow): ExperimentView {
  return {
    id: row.id,
    name: row.name,
    status: row.status as Status,
    spec: JSON.parse(row.spec) as ExperimentSpec,
    source: row.source as SourceMix,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    endedAt: iso(row.endedAt),
    runs: row.runs.map(runView),
  };
}

export const platformNames = (row: Pick<Experiment, 'platform'>): PlatformNames => JSON.parse(row.platform);
