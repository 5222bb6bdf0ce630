import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';
import { unitProcess } from '../../test/unit-process.ts';
import type { ToUnit } from '../channel.ts';
import { topFive } from '../computing/top-five.ts';
import { createDraw } from '../networks/draw.ts';
import { TINY_RANGES, tinyNetwork } from '../networks/tiny.ts';
import { openTflite } from '../tflite/library.ts';
import { tflitePlaces } from '../tflite/places.ts';
import { tfliteRuntime } from '../tflite/runtime.ts';
import { writeTflite } from '../tflite/write.ts';
import { openArmnn } from './library.ts';
import { armnnPlaces } from './places.ts';
import { armnnRuntime } from './runtime.ts';

// With the genuine Arm NN, as Debian packages it. Only its slow reference, CpuRef, computes on every processor, so what is
// proved here is that bridge and driver say the right thing; Arm Compute Library itself is on 64-bit ARM only.

const built = spawnSync(process.execPath, [
  fileURLToPath(new URL('../../../scripts/build-armnn.mjs', import.meta.url)),
]);
const said = String(built.stderr).trim();
const backend = spawnSync('sh', ['-c', 'ls /usr/lib/*/armnn*/Arm_CpuRef_backend.so']).status === 0;
const skip = /skipped/.test(said) ? said : backend ? false : 'Debian’s libarmnn-cpuref-backend is not installed';

const dir = mkdtempSync(join(tmpdir(), 'switchyard-armnn-'));
after(() => rmSync(dir, { recursive: true }));
const noise = createDraw(3);
const pictures = Array.from({ length: 16 }, () => noise(3 * 8 * 8, -2, 2));
const best = (logits: Float32Array) => topFive(logits).map(({ index }) => index);

async function logitsOfBoth(bytes: Uint8Array): Promise<{ ours: Float32Array; theirs: Float32Array }[]> {
  const runtimes = [
    armnnRuntime(openArmnn(armnnPlaces(null)), 'CpuRef'),
    tfliteRuntime(openTflite(tflitePlaces(null))),
  ];
  const [arm, lite] = await Promise.all(runtimes.map((runtime) => runtime.open(bytes, 1)));
  assert.ok(arm && lite);
  assert.deepEqual([arm.width, arm.height, arm.classes], [8, 8, 4]);
  assert.match(arm.placement ?? '', /^CpuRef=\d+$/);
  const answers = [];
  for (const planes of pictures) {
    const of = async (session: typeof arm, r: number) =>
      (await session.run(runtimes[r]?.picture(planes, session) ?? assert.fail())).logits.slice();
    answers.push({ ours: await of(arm, 0), theirs: await of(lite, 1) });
  }
  await arm.release();
  await lite.release();
  return answers;
}

test('Arm NN answers what TensorFlow Lite answers, in FP32', { skip }, async () => {
  openArmnn(armnnPlaces(null));
  assert.equal(koffi.sizeof('bridge_tensor'), 40);
  for (const { ours, theirs } of await logitsOfBoth(writeTflite(tinyNetwork()))) {
    assert.ok(Math.max(...theirs) - Math.min(...theirs) > 0.1, 'all classes alike: nothing is compared');
    for (const [c, logit] of ours.entries()) assert.ok(Math.abs(logit - (theirs[c] ?? 0)) < 1e-5);
    assert.deepEqual(best(ours), best(theirs));
  }
});

test('and in INT8, but for a few steps of rounding', { skip }, async () => {
  const step = 12 / 255;
  const answers = await logitsOfBoth(writeTflite(tinyNetwork(), TINY_RANGES));
  for (const { ours, theirs } of answers)
    for (const [c, logit] of ours.entries()) assert.ok(Math.abs(logit - (theirs[c] ?? 0)) <= 3.01 * step);
  assert.ok(answers.filter(({ ours, theirs }) => best(ours)[0] === best(theirs)[0]).length >= 14);
});

const open = (file: string): ToUnit => ({
  ...{ type: 'open', unit: 'machine.armnn', options: { threads: 1, cores: null }, table: null },
  models: [
    { id: 'tiny', file },
    { id: 'broken', file: join(dir, 'broken.tflite') },
  ],
});

test('a unit says that it computes with the reference, and where the layers of a network are', { skip }, async (t) => {
  const file = join(dir, 'tiny.tflite');
  writeFileSync(file, writeTflite(tinyNetwork()));
  writeFileSync(join(dir, 'broken.tflite'), 'nothing of the kind');
  const { ask } = unitProcess(t, 'unit-armnn', process.env, { library: null, device: 'CpuRef' });
  const opened = await ask(open(file));
  assert.match(
    JSON.stringify(opened),
    /Arm NN [0-9.]+ on CpuRef, a reference without Arm Compute Library, .*, one thread/,
  );
  const broken = await ask({ type: 'load', ref: 1, model: 'broken' });
  assert.match(JSON.stringify(broken), /Arm NN: this is not a TensorFlow Lite model/);
  const loaded = await ask({ type: 'load', ref: 2, model: 'tiny' });
  assert.match(JSON.stringify(loaded), /"info":"CpuRef=\d+"/);
  const done = await ask({ type: 'infer', atMs: 0, ref: 3, model: 'tiny', input: 0, load: null });
  assert.ok(done.type === 'done' && done.endMs > done.startMs, JSON.stringify(done));
});

const noArm = skip || (process.arch === 'arm64' ? 'this machine may have Arm Compute Library' : false);
test('where there is no Arm Compute Library the unit ends: the reference never takes its place', {
  skip: noArm,
}, async (t) => {
  const { child, send, complaints } = unitProcess(t, 'unit-armnn');
  send(open(join(dir, 'tiny.tflite')));
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
  assert.match(complaints(), /Arm NN has no backend CpuAcc here; it has: CpuRef/);
});

test('without the bridge the process ends, and says how to build it', async (t) => {
  const { child, complaints } = unitProcess(t, 'unit-armnn', { ...process.env, SWITCHYARD_ARMNN: '/nowhere/lib.so' });
  const [code] = await once(child, 'exit');
  assert.notEqual(code, 0);
  assert.match(complaints(), /"npm run build:armnn" builds it\) was found: \/nowhere\/lib\.so: /);
});
