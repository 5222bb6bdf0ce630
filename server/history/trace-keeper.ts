import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { decodeTrace, encodeTrace, joinTraces, type TraceColumns } from '../application/trace.ts';
import { type Recorder, whyNotKept } from './record.ts';
import { sleep } from './time.ts';

const deflate = promisify(deflateRaw);

/** A chunk is written when its rows are this many, or this old. */
export const CHUNK_ROWS = 4096;
export const CHUNK_MS = 250;
/** The disk may be full for a while: a chunk is tried so often, a second apart. */
const TRIES = 5;

export interface TraceKeeper {
  /** Rows of a run, numbered on from the last. */
  rows(run: number, encoded: Uint8Array): void;
  /** Resolves when every row that came so far is kept or was given up. */
  settled(run: number): Promise<void>;
  /** The run's last row has come. Resolves when every row is kept; rejects with one sentence when some could not be. */
  finish(run: number): Promise<void>;
  /** Rows up to this sequence number (not included) can be read back. */
  keptUpTo(run: number): number;
}

interface Trail {
  parts: TraceColumns[];
  partRows: number;
  number: number;
  keptUpTo: number;
  timer: NodeJS.Timeout | null;
  last: Promise<void>;
  lost: string | null;
}

/** Merges a run's rows into sequenced, deflated chunks: a few writes a second, never one per job. */
export function createTraceKeeper(record: Recorder, retryMs = 1000): TraceKeeper {
  const trails = new Map<number, Trail>();
  const trailOf = (run: number): Trail => {
    const trail = trails.get(run) ?? newTrail();
    trails.set(run, trail);
    return trail;
  };
  const flush = (run: number, trail: Trail): void => {
    if (trail.timer) clearTimeout(trail.timer);
    trail.timer = null;
    if (trail.partRows === 0) return;
    const chunk = joinTraces(trail.parts);
    trail.parts = [];
    trail.partRows = 0;
    const number = trail.number++;
    trail.last = trail.last.then(() => keep(record, run, number, chunk, trail, retryMs));
  };
  const settled = async (run: number): Promise<void> => {
    const trail = trails.get(run);
    if (!trail) return;
    flush(run, trail);
    await trail.last;
  };
  return {
    rows(run, encoded) {
      const trail = trailOf(run);
      const part = decodeTrace(encoded);
      trail.parts.push(part);
      trail.partRows += part.rows;
      if (trail.partRows >= CHUNK_ROWS) flush(run, trail);
      else trail.timer ??= setTimeout(() => flush(run, trail), CHUNK_MS);
    },
    settled,
    async finish(run) {
      await settled(run);
      const lost = trails.get(run)?.lost;
      trails.delete(run);
      if (lost) throw new Error(lost);
    },
    keptUpTo: (run) => trails.get(run)?.keptUpTo ?? Number.POSITIVE_INFINITY,
  };
}

const newTrail = (): Trail => ({
  parts: [],
  partRows: 0,
  number: 0,
  keptUpTo: 0,
  timer: null,
  last: Promise.resolve(),
  lost: null,
});

async function keep(record: Recorder, run: number, number: number, chunk: TraceColumns, trail: Trail, retryMs: number) {
  if (trail.lost) return; // a hole would make all that follows unreadable
  const data = await deflate(encodeTrace(chunk), { level: 4 });
  const done = chunk.outcome.reduce((sum, outcome) => sum + (outcome === 0 ? 1 : 0), 0);
  const write = () =>
    record.write(
      (db) => db.$executeRaw`INSERT INTO "TraceChunk" ("runId", "number", "firstSeq", "rows", "data")
        VALUES (${run}, ${number}, ${chunk.firstSeq}, ${chunk.rows}, ${data})`,
      (db) => db.$executeRaw`UPDATE "Run" SET "rows" = "rows" + ${chunk.rows}, "done" = "done" + ${done}
        WHERE "id" = ${run}`,
    );
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      await write();
      trail.keptUpTo = chunk.firstSeq + chunk.rows;
      return;
    } catch (error) {
      if (tries === TRIES) trail.lost = `Rows from ${chunk.firstSeq} on could not be kept: ${whyNotKept(error)}.`;
      else await sleep(retryMs);
    }
  }
}
