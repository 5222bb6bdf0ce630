import type { Exclusion } from '../application/exclusions.ts';
import type { Recorder } from './record.ts';
import type { Database } from './sqlite.ts';

/** Units that new experiments begin without, as they are kept. */
export interface ExclusionShelf {
  list(): Promise<Map<string, Exclusion>>;
  put(unit: string, exclusion: Exclusion): Promise<void>;
  remove(unit: string): Promise<void>;
}

export function createExclusionShelf(db: Database, record: Recorder): ExclusionShelf {
  return {
    async list() {
      const rows = await db.unitExclusion.findMany();
      return new Map(rows.map(({ unit, reason, who, at }) => [unit, { reason, who, at: at.toISOString() }]));
    },
    put(unit, { reason, who, at }) {
      const data = { reason, who, at: new Date(at) };
      return record.write((db) =>
        db.unitExclusion.upsert({ where: { unit }, create: { unit, ...data }, update: data }),
      );
    },
    remove: (unit) => record.write((db) => db.unitExclusion.deleteMany({ where: { unit } })),
  };
}
