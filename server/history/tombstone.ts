import type { ExperimentSpec, Status } from '../application/experiment.ts';
import type { SourceMix } from '../application/ledger.ts';
import type { Tombstone } from '../panel/wire.ts';
import type { Database } from './sqlite.ts';

/** What is left of a deleted run; null when there never was one of that number. */
export async function tombstone(db: Database, id: number): Promise<Tombstone | null> {
  const row = await db.deletedRun.findUnique({ where: { id } });
  if (!row) return null;
  const { experimentId, ...rest } = row;
  return {
    ...rest,
    experiment: experimentId,
    status: row.status as Status,
    source: row.source as SourceMix,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt.toISOString(),
    spec: JSON.parse(row.spec) as ExperimentSpec,
  };
}
