import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

const guard = JSON.stringify(new URL('./orphan-guard.ts', import.meta.url).href);
/** Stuck for good, as inside a vendor's library: it will never hear that its channel is closed. */
const stuck = `
  const { guardAgainstOrphanhood } = await import(${guard});
  guardAgainstOrphanhood();
  console.log(process.pid);
  for (;;);
`;
const parent = `
  const { spawn } = require('node:child_process');
  const args = ['--import', 'tsx', '--input-type=module', '-e', ${JSON.stringify(stuck)}];
  spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  setInterval(() => {}, 1000);
`;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a process that is stuck ends within seconds of the one that started it', async (t) => {
  const program = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => void program.kill('SIGKILL'));
  const [line] = await once(program.stdout.setEncoding('utf8'), 'data');
  const pid = Number(line);
  t.after(() => isAlive(pid) && process.kill(pid, 'SIGKILL'));
  await new Promise((later) => setTimeout(later, 1500));
  assert.ok(isAlive(pid), 'it ended while its parent lived');
  program.kill('SIGKILL');
  for (let i = 0; i < 50 && isAlive(pid); i++) await new Promise((later) => setTimeout(later, 100));
  assert.equal(isAlive(pid), false);
});
