import type { Recorder } from '../history/record.ts';
import type { Database } from '../history/sqlite.ts';

/** Whether whoever is on the LAN may watch without login. Asked of the database each time, like all that opens a door. */
export interface OpenWatching {
  isOn(): Promise<boolean>;
  set(on: boolean): Promise<void>;
}

export const createOpenWatching = (db: Database, record: Recorder): OpenWatching => ({
  isOn: async () => (await db.accessRules.findUnique({ where: { id: 1 } }))?.openWatching ?? false,
  set: (openWatching) =>
    record.write((db) =>
      db.accessRules.upsert({ where: { id: 1 }, create: { id: 1, openWatching }, update: { openWatching } }),
    ),
});
