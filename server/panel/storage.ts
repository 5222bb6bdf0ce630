import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copiesIn } from '../history/copies.ts';
import type { History } from '../history/open.ts';
import type { StorageState, StorageView } from './wire.ts';

type Kept = Pick<History, 'disk' | 'record' | 'file' | 'db'>;

/** Whether what runs can be kept: the disk has room, and the database writes. */
export async function storageState({ disk, record }: Pick<Kept, 'disk' | 'record'>): Promise<StorageState> {
  const { level, freeBytes } = await disk();
  return { level: record.trouble !== null && level !== 'full' ? 'broken' : level, freeBytes };
}

export async function storageView(history: Kept): Promise<StorageView> {
  const [state, { totalBytes }, experiments, runs, copiesBytes, ...sizes] = await Promise.all([
    storageState(history),
    history.disk(),
    history.db.experiment.count(),
    history.db.run.count(),
    sizeOfFolder(copiesIn(dirname(history.file))),
    ...['', '-wal', '-shm'].map((end) => sizeOf(`${history.file}${end}`)),
  ]);
  return { ...state, totalBytes, databaseBytes: sumOf(sizes), copiesBytes, experiments, runs };
}

const sumOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

async function sizeOfFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []); // none yet
  const files = entries.filter((entry) => entry.isFile());
  return sumOf(await Promise.all(files.map((entry) => sizeOf(join(entry.parentPath, entry.name)))));
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0, // the journal is not there between two writes
  );

const LOOK_EVERY_MS = 5000;

/** Tells when it becomes another: a browser that is open for days hears of a disk that fills. */
export function watchStorage(
  look: () => Promise<StorageState>,
  tell: (storage: StorageState) => void,
  say: (sentence: string) => void,
  everyMs = LOOK_EVERY_MS,
): () => void {
  let last: StorageState['level'] | null = null;
  const timer = setInterval(() => {
    look().then(
      (storage) => {
        if (last !== null && storage.level !== last) tell(storage);
        last = storage.level;
      },
      (error: Error) => say(`the room on the disk could not be looked up: ${error.message}`),
    );
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
