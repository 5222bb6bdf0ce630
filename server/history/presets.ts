import type { ExperimentSpec } from '../application/experiment.ts';
import type { PresetView } from '../panel/wire.ts';
import type { Recorder } from './record.ts';
import { addressOf } from './saved-views.ts';
import type { Database } from './sqlite.ts';

/** Questions that people kept under a name. */
export interface PresetShelf {
  list(): Promise<PresetView[]>;
  /** In the place of one that has this name. */
  put(preset: Omit<PresetView, 'id'>): Promise<PresetView>;
  /** False when there was none. */
  remove(id: string): Promise<boolean>;
}

export function createPresetShelf(db: Database, record: Recorder): PresetShelf {
  return {
    async list() {
      const rows = await db.preset.findMany({ orderBy: { name: 'asc' } });
      return rows.map(({ id, name, spec, createdBy }) => ({
        ...{ id, name, createdBy },
        spec: JSON.parse(spec) as ExperimentSpec, // was parsed when it came in
      }));
    },
    async put({ name, spec, createdBy }) {
      const rows = await db.preset.findMany({ select: { id: true, name: true } });
      const taken = rows.map((row) => row.id);
      const id = rows.find((row) => row.name === name)?.id ?? addressOf(name, taken);
      const data = { name, spec: JSON.stringify(spec), createdBy, createdAt: new Date() };
      await record.write((db) => db.preset.upsert({ where: { name }, create: { id, ...data }, update: data }));
      return { id, name, spec, createdBy };
    },
    async remove(id) {
      if (!(await db.preset.findUnique({ where: { id } }))) return false;
      await record.write((db) => db.preset.delete({ where: { id } }));
      return true;
    },
  };
}
