import { OUTCOMES, type TraceColumns } from '../application/trace.ts';
import type { JobLine, RunView } from '../panel/wire.ts';
import { REASONS } from '../scheduling/reason.ts';
import { type RunQuestion, runRows } from './browse.ts';
import { chunksOf } from './chunks.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import type { Database } from './sqlite.ts';
import { platformNames, runView } from './views.ts';

const COLUMNS = [
  'id',
  'experiment',
  'name',
  'policy',
  'repeat',
  'status',
  'source',
  'reason',
  'createdAt',
  'startedAt',
  'endedAt',
  'jobs',
  'done',
  'failed',
  'throughput',
  'makespanMs',
  'meanMs',
  'p50Ms',
  'p95Ms',
  'p99Ms',
  'utilisation',
  'switches',
  'missRate',
] as const satisfies readonly (keyof RunView)[];
/** Rows are read so many at a time. */
const BATCH = 500;

/** Every matching run as CSV, a few hundred rows at a time. Whatever a simulated unit touched says SIMULATED. */
export async function* runsCsv(db: Database, question: Omit<RunQuestion, 'limit' | 'cursor'>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for (let cursor: Cursor | undefined; ; ) {
    const rows = await runRows(db, { ...question, cursor }, BATCH);
    yield rows.map((row) => line(runView(row))).join('');
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    cursor = cursorAt(last, question.sort);
  }
}

function line(run: RunView): string {
  const source = run.source === 'hardware' ? 'hardware' : run.source === 'mixed' ? 'SIMULATED (mixed)' : 'SIMULATED';
  return `${COLUMNS.map((name) => cell(name === 'source' ? source : run[name])).join(',')}\r\n`;
}

/** A spreadsheet takes a text that begins with = + - @ for a formula; with an apostrophe before it, it is text. */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A run's rows as JSON Lines in order of seq, a chunk at a time; null when there is no such run. */
export async function jobLines(db: Database, run: number): Promise<AsyncGenerator<string> | null> {
  const row = await db.run.findUnique({ where: { id: run }, include: { experiment: true } });
  if (!row) return null;
  return linesOf(db, run, platformNames(row.experiment));
}

type Names = ReturnType<typeof platformNames>;

async function* linesOf(db: Database, run: number, names: Names): AsyncGenerator<string> {
  for await (const chunk of chunksOf(db, run)) {
    const lines = Array.from({ length: chunk.rows }, (_, row) => JSON.stringify(jobLine(chunk, row, names)));
    yield `${lines.join('\n')}\n`;
  }
}

function jobLine(trace: TraceColumns, row: number, { units, models }: Names): JobLine {
  const unit = units[trace.unit[row]!]; // undefined for a job that no unit ever held
  const source = unit?.source ?? 'simulated';
  return {
    seq: trace.firstSeq + row,
    job: trace.job[row]!, // row < rows, here and below
    model: models[trace.model[row]!]?.id ?? '',
    unit: unit?.id ?? '',
    source,
    ...(source === 'simulated' ? { simulated: true } : {}),
    outcome: OUTCOMES[trace.outcome[row]!] ?? 'failed',
    attempt: trace.attempt[row]!,
    arrivalMs: trace.arrivalMs[row]!,
    dispatchMs: trace.dispatchMs[row]!,
    startMs: trace.startMs[row]!,
    endMs: trace.endMs[row]!,
    loadMs: trace.loadMs[row]!,
    switched: trace.switched[row] === 1,
    deadlineMs: Number.isFinite(trace.deadlineMs[row]) ? trace.deadlineMs[row]! : null,
    priority: trace.priority[row]!,
    reason: REASONS[trace.reason[row]!] ?? null,
  };
}
