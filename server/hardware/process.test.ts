import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../test/product.ts';
import { startProcess } from './process.ts';
import { builtProgram } from './program.ts';

function started() {
  const said: unknown[] = [];
  const ended: string[] = [];
  const file = builtProgram('unit-simulated');
  const child = startProcess(
    { file, cores: null },
    { said: (message) => said.push(message), ended: (why) => ended.push(why) },
  );
  child.send({ type: 'open', unit: 'u', options: { threads: 1, cores: null }, table: {}, models: [] });
  return { child, said, ended };
}

test('a process that is let go gives back what it holds and ends by itself', async () => {
  const { child, said, ended } = started();
  await until(async () => (said.length > 0 ? true : undefined), 'its first word');
  await child.leave();
  assert.deepEqual(ended, ['its process ended with code 0']);
  await child.leave(); // it is gone
});

test('one that does not go is killed', async () => {
  const { child, said, ended } = started();
  await until(async () => (said.length > 0 ? true : undefined), 'its first word');
  process.kill(child.pid!, 'SIGSTOP'); // it was just heard
  await child.leave();
  assert.deepEqual(ended, ['its process was ended by SIGKILL']);
});
