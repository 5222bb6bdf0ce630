import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Result } from '../brand.ts';
import type { TraceJobs } from './arrivals.ts';
import { openContentFolder } from './content-folder.ts';
import { readTrace, surveyTrace, traceCounts } from './trace-file.ts';

/** A recorded stream of arrivals that somebody brought. */
export interface RecordedStream {
  readonly sha256: string;
  readonly name: string;
  readonly jobs: number;
  /** From the run's start to its last arrival. */
  readonly lastMs: number;
  /** Model → jobs, in the order in which the file names them. */
  readonly models: Readonly<Record<string, number>>;
  /** Whether some of its jobs have a deadline of their own. */
  readonly deadlines: boolean;
  readonly file: string;
  /** Its jobs, `model` being indices of these models. */
  read(models: readonly string[]): Result<TraceJobs>;
}

export interface TraceStore {
  /** The oldest first. */
  list(): RecordedStream[];
  find(sha256: string): RecordedStream | undefined;
  /** JSON Lines. One that is here already is not kept twice. */
  add(bytes: Uint8Array, name: string): Promise<Result<RecordedStream>>;
  remove(sha256: string): Promise<Result>;
}

/** A line has about 50 bytes: a file of this many is far larger than any that may be kept. */
export const MOST_TRACE_BYTES = 32 * 1024 ** 2;
const MOST_JOBS = 200_000;
const MOST_STREAMS = 200;
const LONGEST_NAME = 80;

const card = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  jobs: z.number().int().positive(),
  lastMs: z.number().nonnegative(),
  models: z.record(z.string(), z.number().int().positive()),
  deadlines: z.boolean(),
  addedAt: z.number(),
});
type Card = z.output<typeof card>;

/** Recorded streams: DATA_DIR/traces. */
export function openTraceStore(dataDir: string): TraceStore {
  const kept = openContentFolder(join(dataDir, 'traces'), card);
  const read = rememberingLast(readTraceFile);
  const shown = ({ addedAt: _, ...one }: Card): RecordedStream => {
    const file = kept.fileOf(one.sha256);
    return { ...one, file, read: (models) => read(file, models) };
  };
  const find = (sha256: string): RecordedStream | undefined => {
    const one = kept.find(sha256);
    return one && shown(one);
  };
  return {
    list: () => kept.list().map(shown),
    find,
    async add(bytes, name) {
      const looked = await look(bytes, name);
      if (!looked.ok) return looked;
      const here = find(looked.value.sha256);
      if (here) return { ok: true, value: here };
      if (kept.list().length >= MOST_STREAMS)
        return { ok: false, error: `there are ${MOST_STREAMS} recorded streams here already` };
      const one: Card = { ...looked.value, addedAt: Date.now() };
      await kept.put(bytes, one);
      return { ok: true, value: shown(one) };
    },
    async remove(sha256) {
      if (!kept.find(sha256)) return { ok: false, error: 'there is no such recorded stream' };
      await kept.remove(sha256);
      return { ok: true, value: undefined };
    },
  };
}

/** What was whole when it came may have been touched since. */
export function readTraceFile(file: string, models: readonly string[]): Result<TraceJobs> {
  try {
    const jobs = readTrace(readFileSync(file, 'utf8'), models);
    return jobs.ok ? jobs : { ok: false, error: `the recorded stream is damaged: ${jobs.error}` };
  } catch {
    return { ok: false, error: 'the recorded stream cannot be read any more' };
  }
}

/** Reads all of it once: a line that is wrong is found here, not when a run begins. */
async function look(bytes: Uint8Array, name: string): Promise<Result<Omit<Card, 'addedAt'>>> {
  const survey = await surveyTrace(new TextDecoder().decode(bytes), MOST_JOBS);
  if (!survey.ok) return survey;
  const { models, jobs } = survey.value;
  const counts = traceCounts(jobs, models);
  return {
    ok: true,
    value: {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      name: name.trim().slice(0, LONGEST_NAME) || 'Unnamed',
      jobs: jobs.atMs.length,
      lastMs: jobs.atMs.at(-1) ?? 0,
      models: Object.fromEntries(models.map((model, m) => [model, counts[m]!])), // one count per model
      deadlines: jobs.withinMs !== undefined,
    },
  };
}

type Read = (file: string, models: readonly string[]) => Result<TraceJobs>;

/** A form asks for the same one with every letter that is typed into it. */
function rememberingLast(read: Read): Read {
  let last: { key: string; jobs: Result<TraceJobs> } | null = null;
  return (file, models) => {
    const key = [file, ...models].join('\n');
    if (last?.key !== key) last = { key, jobs: read(file, models) };
    return last.jobs;
  };
}
