import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openHistory } from '../../history/open.ts';
import { experimentNamed, planOfRun, rowsFrom } from '../../history/scratch.ts';

// Keeps experiments, rows and ends of runs as the server does, and writes down in "acks" what was acknowledged, and when:
// node writer-program FOLDER MIGRATIONS EXPERIMENTS FULL|NORMAL

const [, , folder = '', migrations = '', count = '0', synchronous = 'FULL'] = process.argv;
const history = await openHistory(join(folder, 'switchyard.db'), migrations);
await history.db.$executeRawUnsafe('PRAGMA wal_autocheckpoint=100'); // more of them in a short time
if (synchronous === 'NORMAL') await history.db.$executeRawUnsafe('PRAGMA synchronous=NORMAL'); // else what the server has

const acks = openSync(join(folder, 'acks'), 'w');
const acked = (what: string) => void writeSync(acks, `${what}\n`);

async function oneExperiment(name: string): Promise<void> {
  const { id, runs } = await history.ledger.create(experimentNamed(name));
  acked(`experiment ${id}`);
  const run = runs[0]!.id; // it has one
  await history.ledger.experimentStarted(id);
  await history.ledger.runStarted(run, planOfRun(run));
  history.ledger.rows(run, rowsFrom(0, 50));
  await history.traces.finish(run);
  acked(`rows ${run}`);
  await history.ledger.runEnded(run, { status: 'done', reason: null, figures: null, failed: 0, quality: null });
  acked(`ended ${run}`);
  if (run % 10 === 0) await history.edits.remove([run], 'ann').then(() => acked(`deleted ${run}`));
}

for (let i = 0; i < Number(count); i++) await oneExperiment(`experiment ${i}`);
fsyncSync(acks);
closeSync(acks);
process.exit(0); // without an orderly end: the last journal is part of it
