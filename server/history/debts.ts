import { isOfTheRows, type Recorder, type Statement } from './record.ts';

/** What the disk did not take when it should have. */
export interface Debts {
  insist: Recorder['insist'];
  /** A write was refused: the database is asked until it writes again. */
  askAgain(): void;
  end(): void;
}

const EVERY_MS = 1000;
/** Changes nothing, and has to write all the same. */
const PROBE: Statement = (db) => db.$executeRawUnsafe('PRAGMA user_version=0');

/** Paid in order, one at a time, for the end of a run comes after its beginning. */
export function createDebts(write: Recorder['write'], everyMs: number | undefined = EVERY_MS): Debts {
  const owed: Statement[][] = [];
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  const askAgain = (): void => {
    if (!ended)
      timer ??= setTimeout(
        () =>
          void pay()
            .catch(() => {})
            .then(rest),
        everyMs,
      ).unref();
  };
  const pay = async (): Promise<void> => {
    if (owed.length === 0) await write(PROBE);
    for (let next = owed[0]; next && !ended; next = owed[0]) {
      await write(...next).catch((error: unknown) => {
        if (!isOfTheRows(error)) throw error;
      });
      owed.shift();
    }
  };
  let refusedMeanwhile = false;
  const rest = (): void => {
    timer = null;
    if (owed.length > 0 || refusedMeanwhile) askAgain();
    refusedMeanwhile = false;
  };
  return {
    async insist(...statements) {
      if (owed.length === 0) {
        try {
          return await write(...statements);
        } catch (error) {
          if (isOfTheRows(error)) throw error;
        }
      }
      owed.push(statements);
      askAgain();
    },
    askAgain() {
      refusedMeanwhile = true;
      askAgain();
    },
    end() {
      ended = true;
      if (timer) clearTimeout(timer);
    },
  };
}
