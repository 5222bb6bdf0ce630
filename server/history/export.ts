import { OUTCOMES, type TraceColumns } from '../application/trace.ts';
import type { JobLine, ListedRun } from '../panel/wire.ts';
import { REASONS } from '../scheduling/reason.ts';
import { chunksOf } from './chunks.ts';
import { everyRun, type RunQuestion } from './run-list.ts';
import type { Database } from './sqlite.ts';
import { platformNames } from './views.ts';

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
  'throttledMs',
  'models',
  'boards',
  'workload',
  'tags',
  'note',
  'archived',
] as const satisfies readonly (keyof ListedRun)[];
/** Rows are read so many at a time. */
const BATCH = 500;

/** Every matching run as CSV, a few hundred rows at a time. Whatever a simulated unit touched says SIMULATED. */
export async function* runsCsv(db: Database, question: RunQuestion): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const runs of everyRun(db, question, BATCH)) yield runs.map(line).join('');
}

/** Every matching run as one JSON array. */
export async function* runsJson(db: Database, question: RunQuestion): AsyncGenerator<string> {
  let before = '[\n';
  for await (const runs of everyRun(db, question, BATCH)) {
    yield before + runs.map((run) => JSON.stringify(withBadge(run))).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const withBadge = (run: ListedRun) => (run.source === 'hardware' ? run : { ...run, simulated: true });

function line(run: ListedRun): string {
  const source = run.source === 'hardware' ? 'hardware' : run.source === 'mixed' ? 'SIMULATED (mixed)' : 'SIMULATED';
  return `${COLUMNS.map((name) => cell(name === 'source' ? source : plain(run[name]))).join(',')}\r\n`;
}

function plain(value: ListedRun[keyof ListedRun]): string | number | null {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' && value !== null ? value.join(' ') : value;
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
