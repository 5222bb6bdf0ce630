import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unitProcess } from '../../test/unit-process.ts';
import type { ToUnit } from '../channel.ts';
import { monotonicMs } from '../monotonic.ts';
import { tinyModel } from './tiny-model.ts';

const dir = mkdtempSync(join(tmpdir(), 'switchyard-unit-'));
const tiny = join(dir, 'tiny.onnx');
const broken = join(dir, 'broken.onnx');
writeFileSync(tiny, tinyModel());
writeFileSync(broken, 'nothing of the kind');
const picture = fileURLToPath(new URL('../../../public/samples/cat.png', import.meta.url));
after(() => rmSync(dir, { recursive: true }));

const models = [
  { id: 'tiny', file: tiny },
  { id: 'twin', file: tiny },
  { id: 'broken', file: broken },
  { id: 'unwritten', file: null },
];
const open: ToUnit = { type: 'open', unit: 'machine.cpu', options: { threads: 1, cores: null }, table: null, models };
const run = (pictures: string[]): ToUnit => ({ type: 'run', run: 1, seed: 1, noiseCv: 0, switchMs: 0, pictures });
const infer = (ref: number, model: string, input = 0, evict?: string): ToUnit => ({
  type: 'infer',
  atMs: 0,
  ref,
  model,
  input,
  load: evict === undefined ? null : { evict },
});
const gone = async (child: ChildProcess) =>
  child.exitCode === null && child.signalCode === null ? once(child, 'exit') : [];

test('a unit opens, prepares pictures, loads, and answers an inference with its times and five classes', async (t) => {
  const { child, ask } = unitProcess(t, 'unit-onnx');
  const opened = await ask(open);
  assert.deepEqual(opened, { type: 'opened', pid: child.pid, info: 'ONNX Runtime on the CPU, one thread' });
  assert.deepEqual(await ask(run([picture])), { type: 'prepared', run: 1 });
  const loaded = await ask({ type: 'load', ref: 5, model: 'tiny' });
  assert.ok(loaded.type === 'loaded' && loaded.ref === 5 && loaded.error === undefined && loaded.ms > 0);
  const beforeMs = monotonicMs();
  const done = await ask(infer(6, 'tiny'));
  assert.ok(done.type === 'done' && done.ref === 6);
  assert.ok(beforeMs < done.startMs && done.startMs < done.endMs && done.endMs < monotonicMs());
  assert.equal(done.loadMs, 0);
  assert.equal(done.top?.length, 4);
  const logits = done.top?.map((one) => one.logit) ?? [];
  assert.deepEqual(
    logits,
    [...logits].sort((a, b) => b - a),
  );
});

test('a change of models takes its time before the start, and says how long', async (t) => {
  const { ask } = unitProcess(t, 'unit-onnx');
  await ask(open);
  await ask(run([picture]));
  await ask({ type: 'load', ref: 1, model: 'tiny' });
  const done = await ask(infer(2, 'twin', 0, 'tiny'));
  assert.ok(done.type === 'done' && done.loadMs > 0, JSON.stringify(done));
});

test('what goes wrong is said in a sentence, and the unit goes on', async (t) => {
  const { ask, send } = unitProcess(t, 'unit-onnx');
  await ask(open);
  await ask(run([picture]));
  const wrong: [ToUnit, RegExp][] = [
    [{ type: 'load', ref: 1, model: 'unwritten' }, /there is no file of the model unwritten yet/],
    [{ type: 'load', ref: 2, model: 'broken' }, /./],
    [infer(3, 'nowhere'), /there is no file of the model nowhere yet/],
    [infer(4, 'tiny', 9), /there is no picture 9; 1 were prepared/],
    [run([tiny]), /picture 1 cannot be read/],
  ];
  for (const [message, sentence] of wrong) {
    const answer = await ask(message);
    assert.ok('error' in answer && answer.error !== undefined, JSON.stringify(answer));
    assert.match(answer.error, sentence);
  }
  for (const nonsense of [null, 7, 'infer', { type: 'dance' }, { type: 'fault', fault: { kind: 'crash' } }])
    send(nonsense);
  assert.deepEqual(await ask(run([picture])), { type: 'prepared', run: 1 });
  assert.equal((await ask(infer(5, 'tiny'))).type, 'done');
});

test('inferences that come together are answered one after the other, in order', async (t) => {
  const { ask, next, send } = unitProcess(t, 'unit-onnx');
  await ask(open);
  await ask(run([picture]));
  for (const ref of [1, 2, 3]) send(infer(ref, 'tiny'));
  let freeMs = 0;
  for (const ref of [1, 2, 3]) {
    const done = await next();
    assert.ok(done.type === 'done' && done.ref === ref);
    assert.ok(done.startMs >= freeMs, 'two ran at once');
    freeMs = done.endMs;
  }
});

test('a model that came later is known after opening again', async (t) => {
  const { ask } = unitProcess(t, 'unit-onnx');
  await ask({ ...open, models: [] } as ToUnit);
  assert.equal((await ask(infer(1, 'tiny'))).type, 'failed');
  await ask(open);
  assert.equal((await ask(infer(2, 'tiny'))).type, 'done');
});

test('a unit ends when it is told to, and when nobody is left to talk to', async (t) => {
  const told = unitProcess(t, 'unit-onnx');
  told.send({ type: 'close' });
  assert.deepEqual(await gone(told.child), [0, null]);
  const left = unitProcess(t, 'unit-onnx');
  await left.ask(open);
  left.child.disconnect();
  assert.deepEqual(await gone(left.child), [0, null]);
});

test('a model that was replaced by another of the same name is the new one at its next inference', async (t) => {
  const { ask } = unitProcess(t, 'unit-onnx');
  const other = join(dir, 'other.onnx');
  writeFileSync(other, tinyModel({ classes: 3 }));
  await ask(open);
  await ask(run([picture]));
  const classes = async (ref: number) => {
    const done = await ask(infer(ref, 'tiny'));
    return done.type === 'done' ? done.top?.length : done;
  };
  assert.equal(await classes(1), 4);
  await ask({ ...open, models: [...models] });
  assert.equal(await classes(2), 4);
  await ask({ ...open, models: models.map((each) => (each.id === 'tiny' ? { ...each, file: other } : each)) });
  assert.equal(await classes(3), 3);
});
