import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const ROUNDS = 60;

/** Waits for a folder and a moment, and says at that moment whether it got the lock. */
const STARTER = `
  import { lockFolder } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)};
  process.on('message', ({ folder, at }) => {
    while (Date.now() < at);
    process.send(lockFolder(folder).ok);
  });
  process.send('here');`;

test('of two servers that start at the same moment one gets the folder, also where a dead one left its lock', async (t) => {
  const place = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
  const starters = [1, 2].map(() =>
    spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', STARTER], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  t.after(() => {
    for (const child of starters) child.kill();
    rmSync(place, { recursive: true });
  });
  const died = Promise.race(starters.map((child) => once(child, 'exit'))).then(() => ['a starter ended with a fault']);
  const answers = async () =>
    Promise.race([died, Promise.all(starters.map(async (child) => (await once(child, 'message'))[0]))]);
  await answers();
  for (let round = 0; round < ROUNDS; round++) {
    const folder = join(place, String(round));
    mkdirSync(folder);
    if (round % 2) writeFileSync(join(folder, 'lock'), '4194304 1\n');
    const said = answers();
    const at = Date.now() + 5;
    for (const child of starters) child.send({ folder, at });
    assert.deepEqual((await said).sort(), [false, true], `round ${round}`);
    assert.deepEqual(readdirSync(folder), ['lock']);
  }
});
