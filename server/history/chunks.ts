import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { measuringOf } from '../application/arrivals.ts';
import { figuresOf, type RunFigures } from '../application/measures.ts';
import type { RunPlan } from '../application/messages.ts';
import { decodeTrace, joinTraces, type TraceColumns } from '../application/trace.ts';
import type { Database } from './sqlite.ts';

const inflate = promisify(inflateRaw);

/** A run's rows in order, a chunk at a time, from the sequence number on; never the whole run in memory. */
export async function* chunksOf(db: Database, run: number, fromSeq = 0): AsyncGenerator<TraceColumns> {
  let number = await firstChunk(db, run, fromSeq);
  for (;;) {
    const chunk = await db.traceChunk.findUnique({ where: { runId_number: { runId: run, number } } });
    if (!chunk) return;
    const { buffer, byteOffset, byteLength } = await inflate(chunk.data);
    yield decodeTrace(new Uint8Array(buffer, byteOffset, byteLength)); // a Buffer's slice() is a view, not a copy
    number++;
  }
}

async function firstChunk(db: Database, run: number, fromSeq: number): Promise<number> {
  if (fromSeq <= 0) return 0;
  const found = await db.traceChunk.findFirst({
    where: { runId: run, firstSeq: { lte: fromSeq } },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  return found?.number ?? 0;
}

/** Everything kept of a run as one trace. */
export async function wholeTrace(db: Database, run: number): Promise<TraceColumns> {
  const parts: TraceColumns[] = [];
  for await (const chunk of chunksOf(db, run)) parts.push(chunk);
  return joinTraces(parts);
}

/** Figures of what was kept, computed where all figures are; null when nothing was. */
export async function figuresKept(db: Database, run: number, plan: RunPlan): Promise<RunFigures | null> {
  const trace = await wholeTrace(db, run);
  const jobs = plan.jobs.reduce((sum, count) => sum + count, 0);
  return figuresOf(trace, { ...plan, ...measuringOf(plan.arrivals, jobs) });
}
