import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Ledger } from '../application/ledger.ts';
import type { Result } from '../brand.ts';
import { type BoardShelf, createBoardShelf } from './boards.ts';
import { type Browse, createBrowse } from './browse.ts';
import { createLedger } from './ledger.ts';
import { migrate } from './migrate.ts';
import { createRecorder, type Recorder } from './record.ts';
import { recover } from './recover.ts';
import { createRunEdits, type RunEdits } from './run-edits.ts';
import { createViewShelf, type ViewShelf } from './saved-views.ts';
import { type Database, openDatabase } from './sqlite.ts';
import { createTraceKeeper, type TraceKeeper } from './trace-keeper.ts';

export interface History {
  readonly db: Database;
  readonly record: Recorder;
  readonly traces: TraceKeeper;
  readonly ledger: Ledger;
  readonly browse: Browse;
  readonly edits: RunEdits;
  readonly views: ViewShelf;
  readonly shelf: BoardShelf;
  /** Runs that an earlier process left unfinished. */
  readonly interrupted: number;
  /** Whether a new run may begin, or a sentence that says why the disk is too full for one. */
  room(): Promise<Result>;
  /** Everything handed in is kept, and the journal is folded into the file. */
  close(): Promise<void>;
}

/** Opens what is remembered: brings its shape up to date, reads its settings back, settles what was left unfinished. */
export async function openHistory(file: string, migrations: string): Promise<History> {
  await migrate(file, migrations);
  const db = await openDatabase(file);
  const record = createRecorder(db);
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
    shelf: createBoardShelf(db, record),
    room: () => roomAt(dirname(file)),
    async close() {
      await record.settled();
      await db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
      await db.$disconnect();
    },
  };
}

const MB = 1024 * 1024;
/** Under 200 MB, or under 2 GB when that is less than a tenth of the disk, no new run begins. */
async function roomAt(folder: string): Promise<Result> {
  const { bavail, bsize, blocks } = await statfs(folder);
  const freeMb = (bavail * bsize) / MB;
  const full = freeMb < 200 || (freeMb < 2048 && bavail < blocks / 10);
  if (!full) return { ok: true, value: undefined };
  return { ok: false, error: `the disk has only ${Math.floor(freeMb)} MB left; delete something before the next run` };
}
