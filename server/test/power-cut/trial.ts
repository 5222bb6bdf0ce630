import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../hardware/simulated/random.ts';
import { openHistory } from '../../history/open.ts';
import { root } from '../product.ts';
import { createDisk, type DiskState, type Op, readOps } from './cut.ts';

const MIGRATIONS = join(root, 'prisma/migrations');
const HERE = join(root, 'server/test/power-cut');
/** An index in memory: no disk has it after a power cut. */
const VOLATILE = 'switchyard.db-shm';
const ACKS = 'acks';

export interface TrialResult {
  readonly states: number;
  readonly acknowledged: number;
  /** Writes and syncs of the one process that was recorded. */
  readonly operations: number;
  /** States in which something that was acknowledged is not there, and the most in one of them. */
  readonly statesWithLosses: number;
  readonly mostLost: number;
  readonly corrupt: number;
  readonly unopenable: number;
}

/** The shim, compiled; null where there is no gcc. */
export function compiledShim(folder: string): string | null {
  const path = join(folder, 'shim.so');
  const how = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
  try {
    execFileSync('gcc', [...how, '-o', path, join(HERE, 'shim.c'), '-ldl'], { stdio: ['ignore', 'ignore', 'pipe'] });
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Records one process that keeps experiments, then cuts the power at so many moments of it, and opens what is left each time. */
export async function powerCuts(parts: {
  readonly shim: string;
  readonly experiments: number;
  readonly states: number;
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly seed: number;
}): Promise<TrialResult> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-power-'));
  try {
    const ops = recorded(folder, parts);
    const random = createRandom(parts.seed);
    const disk = createDisk(random);
    const first = ops.findIndex(({ name }) => name === ACKS);
    const moments = Array.from({ length: parts.states }, () => first + Math.floor(random() * (ops.length - first)));
    const tally = { statesWithLosses: 0, mostLost: 0, corrupt: 0, unopenable: 0 };
    let done = 0;
    let acks = '';
    for (const moment of moments.sort((a, b) => a - b)) {
      for (; done <= moment; done++) {
        const op = ops[done]!; // moments are within
        if (op.name === ACKS) acks += op.data.toString();
        else if (op.name !== VOLATILE) disk.take(op);
      }
      const verdict = await judge(join(folder, 'state'), disk.cut(), acks.split('\n').filter(Boolean));
      if (verdict === 'unopenable' || verdict === 'corrupt') tally[verdict]++;
      else if (verdict > 0) {
        tally.statesWithLosses++;
        tally.mostLost = Math.max(tally.mostLost, verdict);
      }
    }
    const acknowledged = ops.filter(({ name, op }) => name === ACKS && op === 'W').length;
    return { states: parts.states, acknowledged, operations: ops.length, ...tally };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function recorded(
  folder: string,
  { shim, experiments, synchronous }: { shim: string; experiments: number; synchronous: string },
): Op[] {
  const data = join(folder, 'data');
  mkdirSync(data);
  const log = join(folder, 'log');
  const program = join(HERE, 'writer-program.ts');
  const args = ['--import', 'tsx', program, data, MIGRATIONS, String(experiments), synchronous];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, LD_PRELOAD: shim, POWER_CUT_FOLDER: data, POWER_CUT_LOG: log },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the process that writes ended with ${status}: ${stderr}`);
  return readOps(readFileSync(log));
}

type Verdict = number | 'corrupt' | 'unopenable';

/** How many acknowledgements were broken. */
async function judge(folder: string, state: DiskState, acks: readonly string[]): Promise<Verdict> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, bytes] of state) if (name.startsWith('switchyard.db')) writeFileSync(join(folder, name), bytes);
  const history = await openHistory(join(folder, 'switchyard.db'), MIGRATIONS).catch(() => null);
  if (!history) return 'unopenable';
  try {
    const rows = (sql: string) => history.db.$queryRawUnsafe<Record<string, unknown>[]>(sql);
    const [check] = await rows('PRAGMA integrity_check');
    if (check?.integrity_check !== 'ok' || (await rows('PRAGMA foreign_key_check')).length > 0) return 'corrupt';
    const experiments = new Set((await history.db.experiment.findMany({ select: { id: true } })).map(({ id }) => id));
    const gone = new Set((await history.db.deletedRun.findMany({ select: { id: true } })).map(({ id }) => id));
    const runs = new Map((await rows(RUNS)).map((run) => [Number(run.id), run]));
    const holds: Record<string, (id: number) => boolean> = {
      experiment: (id) => experiments.has(id),
      rows: (id) => gone.has(id) || (Number(runs.get(id)?.rows) === 50 && Number(runs.get(id)?.kept) === 50),
      ended: (id) => gone.has(id) || runs.get(id)?.status === 'done',
      deleted: (id) => gone.has(id) && !runs.has(id),
    };
    return acks.filter((ack) => {
      const [what = '', id] = ack.split(' ');
      return !holds[what]?.(Number(id));
    }).length;
  } catch {
    return 'corrupt';
  } finally {
    await history.close().catch(() => {});
  }
}

const RUNS = `SELECT id, status, rows, (SELECT sum(rows) FROM TraceChunk WHERE runId = Run.id) AS kept FROM Run`;
