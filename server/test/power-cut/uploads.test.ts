import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root, temporaryFolder } from '../product.ts';
import { readOps } from './cut.ts';
import { compiledShim } from './trial.ts';

const folder = temporaryFolder();
after(folder.remove);
const shim = compiledShim(folder.path);
const skip = shim ? false : 'gcc is not installed here';

/** What a process writes and syncs in a data folder, in order: "W name" and "S name". */
function recorded(program: string): string[] {
  const dataDir = join(folder.path, 'data');
  const log = join(folder.path, 'log');
  mkdirSync(dataDir, { recursive: true });
  const args = ['--import', 'tsx', '--input-type=module', '-e', program, dataDir];
  const env = { ...process.env, LD_PRELOAD: shim ?? '', POWER_CUT_FOLDER: dataDir, POWER_CUT_LOG: log };
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return readOps(readFileSync(log)).map(({ op, name }) => `${op} ${name.replace(/\.[0-9a-f-]{36}\.part$/, '')}`);
}

test('what somebody brings is on the disk with its name and its card before it is acknowledged', { skip }, () => {
  const ops = recorded(`
    const { openTraceStore } = await import('./server/application/trace-store.ts');
    const store = openTraceStore(process.argv[1]);
    const added = await store.add(new TextEncoder().encode('{"atMs":0,"model":"m"}\\n'), 'one');
    if (!added.ok) throw new Error(added.error);`);
  const [name = ''] = ops.map((op) => /^W (traces\/[0-9a-f]{64})$/.exec(op)?.[1]).filter(Boolean);
  const steps = [`W ${name}`, `S ${name}`, 'S traces', `W ${name}.json`, `S ${name}.json`, 'S traces'];
  assert.deepEqual(
    ops.filter((op, at) => op !== ops[at - 1]),
    steps,
  );
});
