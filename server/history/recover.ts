import type { RunPlan } from '../application/messages.ts';
import { figuresKept } from './chunks.ts';
import { endColumns } from './ledger.ts';
import type { Database } from './sqlite.ts';

const WHILE_RUNNING = 'The server ended while this run was going; what it had is kept.';
const BEFORE_BEGIN = 'The server ended before this run began.';

/**
 * What an earlier process left running becomes `interrupted`, with the figures of the rows it kept; nothing is silently
 * resumed or spliced. Experiments that only waited go on waiting.
 */
export async function recover(db: Database): Promise<number> {
  const cut = await db.run.findMany({ where: { status: 'running' }, select: { id: true, plan: true, failed: true } });
  for (const run of cut) await interrupt(db, run);
  const left = { experiment: { status: 'running' }, status: 'queued' };
  await db.run.updateMany({
    where: left,
    data: { status: 'interrupted', reason: BEFORE_BEGIN, endedAt: new Date() },
  });
  await db.experiment.updateMany({
    where: { status: 'running' },
    data: { status: 'interrupted', endedAt: new Date() },
  });
  return cut.length;
}

async function interrupt(db: Database, run: { id: number; plan: string | null; failed: number }): Promise<void> {
  const figures = run.plan ? await figuresKept(db, run.id, JSON.parse(run.plan) as RunPlan) : null;
  const end = { status: 'interrupted', reason: WHILE_RUNNING, figures, failed: run.failed, quality: null } as const;
  await db.run.update({ where: { id: run.id }, data: endColumns(end) });
}
