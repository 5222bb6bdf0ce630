import { dirname } from 'node:path';
import type { Ledger } from '../application/ledger.ts';
import type { Result } from '../brand.ts';
import { type BoardShelf, createBoardShelf } from './boards.ts';
import { type Browse, createBrowse } from './browse.ts';
import { type Disk, diskAt } from './disk.ts';
import { createExclusionShelf, type ExclusionShelf } from './exclusions.ts';
import { createLedger } from './ledger.ts';
import { migrate } from './migrate.ts';
import { createPresetShelf, type PresetShelf } from './presets.ts';
import { createProfileHistory, type ProfileHistory } from './profile-history.ts';
import { createRecorder, type Recorder, type RecorderParts } from './record.ts';
import { recover } from './recover.ts';
import { createRetention, type Retention } from './retention.ts';
import { createRunEdits, type RunEdits } from './run-edits.ts';
import { createViewShelf, type ViewShelf } from './saved-views.ts';
import { type Database, openDatabase } from './sqlite.ts';
import { createTraceKeeper, type TraceKeeper } from './trace-keeper.ts';
import { createUnitEvents, type UnitEvents } from './unit-events.ts';

export interface History {
  readonly db: Database;
  readonly record: Recorder;
  readonly traces: TraceKeeper;
  readonly ledger: Ledger;
  readonly browse: Browse;
  readonly edits: RunEdits;
  readonly views: ViewShelf;
  readonly presets: PresetShelf;
  readonly shelf: BoardShelf;
  readonly profiles: ProfileHistory;
  readonly unitEvents: UnitEvents;
  readonly exclusions: ExclusionShelf;
  readonly retention: Retention;
  /** Runs that an earlier process left unfinished. */
  readonly interrupted: number;
  /** Whether a new run may begin, or a sentence that says why the disk is too full for one. */
  room(): Promise<Result>;
  disk(): Promise<Disk>;
  /** The file; its journal is beside it. */
  readonly file: string;
  /** Everything handed in is kept, and the journal is folded into the file. */
  close(): Promise<void>;
}

/** Opens what is remembered: brings its shape up to date, reads its settings back, settles what was left unfinished. */
export async function openHistory(
  file: string,
  migrations: string,
  { makeRoom }: Pick<RecorderParts, 'makeRoom'> = {},
): Promise<History> {
  await migrate(file, migrations);
  const db = await openDatabase(file);
  const record = createRecorder(db, makeRoom ? { makeRoom } : {});
  const traces = createTraceKeeper(record);
  const interrupted = await recover(db);
  return {
    db,
    record,
    traces,
    interrupted,
    ledger: await createLedger(db, record, traces),
    browse: createBrowse(db),
    edits: createRunEdits(db, record),
    views: createViewShelf(db, record),
    presets: createPresetShelf(db, record),
    shelf: createBoardShelf(db, record),
    file,
    disk: () => diskAt(dirname(file)),
    room: async () => roomOn(await diskAt(dirname(file))),
    profiles: createProfileHistory(db, record),
    unitEvents: await createUnitEvents(db, record),
    exclusions: createExclusionShelf(db, record),
    retention: createRetention(db, record),
    async close() {
      record.end();
      await record.settled();
      await db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
      await db.$disconnect();
    },
  };
}

const roomOn = ({ level, freeBytes }: Disk): Result => {
  if (level !== 'full') return { ok: true, value: undefined };
  const freeMb = Math.floor(freeBytes / 1024 / 1024);
  return { ok: false, error: `the disk has only ${freeMb} MB left; delete something before the next run` };
};
