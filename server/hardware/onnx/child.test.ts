import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type FromUnit, parseFromUnit, type ToUnit } from '../channel.ts';
import { monotonicMs } from '../monotonic.ts';
import { builtProgram } from '../program.ts';
import { tinyModel } from './tiny-model.ts';

const dir = mkdtempSync(join(tmpdir(), 'switchyard-unit-'));
const tiny = join(dir, 'tiny.onnx');
const broken = join(dir, 'broken.onnx');
writeFileSync(tiny, tinyModel());
writeFileSync(broken, 'nothing of the kind');
const picture = fileURLToPath(new URL('../../../public/samples/cat.png', import.meta.url));
after(() => rmSync(dir, { recursive: true }));

/** A unit's process, asked and answered one message at a time. */
function unit(t: { after(call: () => void): void }) {
  const child = fork(builtProgram('unit-onnx'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  t.after(() => void child.kill('SIGKILL'));
  const heard: FromUnit[] = [];
  child.on('message', (raw) => {
    const message = parseFromUnit(raw);
    assert.ok(message, `not in the protocol: ${JSON.stringify(raw)}`);
    heard.push(message);
  });
  const next = async (): Promise<FromUnit> => {
    while (heard.length === 0) await once(child, 'message');
    return heard.shift() as FromUnit; // one is there
  };
  const ask = (message: ToUnit) => {
    child.send(message);
    return next();
  };
  return { child, ask, next, send: (message: unknown) => child.send(message as object) };
}

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
  const { child, ask } = unit(t);
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
  const { ask } = unit(t);
  await ask(open);
  await ask(run([picture]));
  await ask({ type: 'load', ref: 1, model: 'tiny' });
  const done = await ask(infer(2, 'twin', 0, 'tiny'));
  assert.ok(done.type === 'done' && done.loadMs > 0, JSON.stringify(done));
});

test('what goes wrong is said in a sentence, and the unit goes on', async (t) => {
  const { ask, send } = unit(t);
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
  const { ask, next, send } = unit(t);
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
  const { ask } = unit(t);
  await ask({ ...open, models: [] } as ToUnit);
  assert.equal((await ask(infer(1, 'tiny'))).type, 'failed');
  await ask(open);
  assert.equal((await ask(infer(2, 'tiny'))).type, 'done');
});

test('a unit ends when it is told to, and when nobody is left to talk to', async (t) => {
  const told = unit(t);
  told.send({ type: 'close' });
  assert.deepEqual(await gone(told.child), [0, null]);
  const left = unit(t);
  await left.ask(open);
  left.child.disconnect();
  assert.deepEqual(await gone(left.child), [0, null]);
});
