import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ExperimentView, RunDetail } from '../panel/wire.ts';
import { claim, linesOf, posterRequest, startProduct, temporaryFolder, until, whenOver } from './product.ts';

// The machine's clock is set in the middle of a run, for all processes of the built server, by libfaketime where it is installed.

const library = (): string | null => {
  for (const folder of ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib']) {
    const found = join(folder, 'faketime/libfaketimeMT.so.1');
    if (existsSync(found) && readdirSync(join(folder, 'faketime')).length > 0) return found;
  }
  return null;
};
const preload = library();

test('an hour forward and an hour back in the middle of a run change no duration and no order, and are noted', {
  skip: preload === null && 'libfaketime is not installed',
}, async (t) => {
  const folder = temporaryFolder();
  const stamp = join(folder.path, 'faketime');
  const set = (seconds: number) => writeFileSync(stamp, `${seconds >= 0 ? '+' : ''}${seconds}\n`);
  set(0);
  const env = {
    LD_PRELOAD: preload ?? '',
    FAKETIME_TIMESTAMP_FILE: stamp,
    FAKETIME_NO_CACHE: '1',
    DONT_FAKE_MONOTONIC: '1',
  };
  const words = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const product = await startProduct(join(folder.path, 'data'), [
    'env',
    ...words,
    process.execPath,
    'dist/server.js',
    '--ready-json',
  ]);
  t.after(async () => {
    await product.stop();
    folder.remove();
  });
  const ada = await claim(product);
  const { id, runs } = await ada.post<ExperimentView>('/experiments', posterRequest(60, { switchMs: 0 }));
  const run = runs[0]!.id; // one policy, one run
  const detail = () => ada.get<RunDetail>(`/runs/${run}`);
  const noted = async (what: RegExp) => ((await detail()).notes.some(({ text }) => what.test(text)) ? true : undefined);
  await until(async () => ((await detail()).status === 'running' ? true : undefined), 'the run');
  set(3600);
  await until(() => noted(/clock was set forward by 3600 s/), 'the note');
  set(0);
  await until(() => noted(/clock was set back by 3600 s/), 'the other note');
  assert.equal((await whenOver(ada, id)).status, 'done');
  const { makespanMs, failed, notes } = await detail();
  assert.deepEqual([failed, notes.filter(({ kind }) => kind === 'unit-lost')], [0, []], 'no deadline was missed by it');
  assert.ok(makespanMs! > 500 && makespanMs! < 600_000, `${makespanMs} ms`); // it is done
  const lines = await linesOf(ada, run);
  assert.equal(lines.length, 180);
  assert.ok(lines.every((line) => line.endMs - line.startMs >= 0 && line.endMs - line.startMs < 10_000));
  assert.deepEqual(
    lines.map(({ seq }) => seq),
    [...lines.keys()],
  );
  assert.ok(
    lines.every((line, n) => n === 0 || line.endMs >= lines[n - 1]!.endMs - 5),
    'in the order in which they ended',
  ); // n > 0
});
