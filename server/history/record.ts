import type { Prisma } from '../generated/prisma/client.ts';
import { createDebts } from './debts.ts';
import type { Database } from './sqlite.ts';
import { monotonicMs, sleep } from './time.ts';

/** One statement of a write. Several are committed together or not at all. */
export type Statement = (db: Database) => Prisma.PrismaPromise<unknown>;

export interface Recorder {
  /** Resolves when the statements are on the disk; rejects when they are not. */
  write(...statements: Statement[]): Promise<void>;
  /**
   * What has happened and must be kept, whatever the disk says now: resolves when it is on the disk, or else owed, and tried again
   * every second, in order, until it is. Rejects only when its own rows contradict it.
   */
  insist(...statements: Statement[]): Promise<void>;
  /** Resolves when all that was handed in before is on the disk or was refused. */
  settled(): Promise<void>;
  /** Nothing is asked of the database by itself from here on; what is owed is settled at the next start. */
  end(): void;
  /** Why the last commit failed; null while all is well. */
  readonly trouble: string | null;
}

/** Commits are this far apart at least: what arrives meanwhile shares the next one, and one wait for the disk. */
export const COMMIT_GAP_MS = 20;

interface Waiting {
  readonly statements: readonly Statement[];
  readonly kept: () => void;
  readonly refused: (error: unknown) => void;
}

export interface RecorderParts {
  /** Asked when the disk is full. True: it is worth trying again. */
  readonly makeRoom?: () => boolean;
  readonly askAgainMs?: number;
}

/** Group commit: an acknowledgement means that its write has been through WAL and FULL. */
export function createRecorder(db: Database, { makeRoom = () => false, askAgainMs }: RecorderParts = {}): Recorder {
  let waiting: Waiting[] = [];
  let working: Promise<void> | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  let trouble: string | null = null;

  const drain = async () => {
    while (waiting.length > 0) {
      await sleep(Math.max(0, lastMs + COMMIT_GAP_MS - monotonicMs()));
      const group = waiting;
      waiting = [];
      trouble = await commit(db, group, makeRoom);
      lastMs = monotonicMs();
    }
    working = null;
    if (trouble !== null) debts.askAgain();
  };
  const write = (...statements: Statement[]): Promise<void> => {
    const written = new Promise<void>((kept, refused) => waiting.push({ statements, kept, refused }));
    working ??= drain();
    return written;
  };

  const debts = createDebts(write, askAgainMs);
  return {
    write,
    insist: debts.insist,
    end: debts.end,
    async settled() {
      while (working) await working;
    },
    get trouble() {
      return trouble;
    },
  };
}

/** When the group as a whole is refused, each write is tried alone: only the faulty one is told so. */
async function commit(db: Database, group: readonly Waiting[], makeRoom: () => boolean): Promise<string | null> {
  try {
    await db.$transaction(group.flatMap((write) => write.statements.map((statement) => statement(db))));
    for (const write of group) write.kept();
    return null;
  } catch (error) {
    if (isDiskFull(error) && makeRoom()) return commit(db, group, makeRoom);
    if (group.length === 1) {
      group[0]?.refused(error);
      return isOfTheRows(error) ? null : 'the database refuses to write; the log says why';
    }
    let trouble: string | null = null;
    for (const write of group) trouble = (await commit(db, [write], makeRoom)) ?? trouble;
    return trouble;
  }
}

/** Taken already, not there any more, leads nowhere: the write was wrong, and the database is well. */
export const isOfTheRows = (error: unknown): boolean =>
  ['P2002', 'P2003', 'P2025'].includes((error as { code?: string } | null)?.code ?? '');

export const isDiskFull = (error: unknown): boolean => /SQLITE_FULL|ENOSPC/.test(String((error as Error)?.message));

/** It is for reading only, or answers with errors. */
export const isDiskRefusing = (error: unknown): boolean =>
  /SQLITE_(IOERR|READONLY)|\b(EROFS|EIO)\b/.test(String((error as Error)?.message));

/** In words for the person at the screen; what the library said is the log's. */
export const whyNotKept = (error: unknown): string =>
  isDiskFull(error) ? 'the disk is full' : 'the database refused to write';
