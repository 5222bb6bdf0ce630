import type { Recorder } from './record.ts';
import type { Database } from './sqlite.ts';

/** Which runs stay: the newest so many, and those of the last so many days. null: not a reason to go. Both null: all stay. */
export interface RetentionRule {
  readonly newestRuns: number | null;
  readonly days: number | null;
}

export interface Retention {
  rule(): Promise<RetentionRule>;
  set(rule: RetentionRule): Promise<void>;
  /**
   * Runs that go by a rule, the oldest first, `most` at once. Never those that run or wait, or are of an experiment that does, and
   * never those that somebody has tagged or written about. With two limits, a run goes when it is beyond both.
   */
  overdue(rule: RetentionRule, now: Date, most: number): Promise<number[]>;
}

export const KEEP_ALL: RetentionRule = { newestRuns: null, days: null };
const DAY_MS = 86_400_000;

export function createRetention(db: Database, record: Recorder): Retention {
  return {
    async rule() {
      const kept = await db.retention.findUnique({ where: { id: 1 } });
      return kept ? { newestRuns: kept.newestRuns, days: kept.days } : KEEP_ALL;
    },
    set: ({ newestRuns, days }) => {
      const data = { newestRuns, days };
      return record.write((db) => db.retention.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data }));
    },
    async overdue({ newestRuns, days }, now, most) {
      if (newestRuns === null && days === null) return [];
      const before = days === null ? null : new Date(now.getTime() - days * DAY_MS);
      const newest = newestRuns === null ? null : await nthNewest(db, newestRuns);
      if (newest === 'all') return [];
      const rows = await db.$queryRawUnsafe<{ id: number | bigint }[]>(OVERDUE, newest, newest, before, before, most);
      return rows.map(({ id }) => Number(id));
    },
  };
}

/** The newest run that is not among the newest `count`. */
async function nthNewest(db: Database, count: number): Promise<number | 'all'> {
  const [run] = await db.run.findMany({ orderBy: { id: 'desc' }, skip: count, take: 1, select: { id: true } });
  return run?.id ?? 'all';
}

const OVERDUE = `SELECT id FROM Run
  WHERE (? IS NULL OR id <= ?) AND (? IS NULL OR coalesce(endedAt, createdAt) < ?)
    AND status NOT IN ('queued', 'running')
    AND experimentId NOT IN (SELECT id FROM Experiment WHERE status IN ('queued', 'running'))
    AND id NOT IN (SELECT runId FROM RunTag) AND id NOT IN (SELECT runId FROM RunRemark)
  ORDER BY id LIMIT ?`;
