import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTraceStore } from './trace-store.ts';

const LINES = '{"atMs":40,"model":"b","deadlineMs":5}\n{"atMs":0,"model":"a"}\n{"atMs":10,"model":"b"}\n';
const bytes = (text: string) => new TextEncoder().encode(text);

function folder(t: { after(call: () => void): void }): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-traces-'));
  t.after(() => rmSync(dataDir, { recursive: true }));
  return dataDir;
}

test('a recorded stream is known by what is in it, kept once, and there again after a restart', async (t) => {
  const dataDir = folder(t);
  const store = openTraceStore(dataDir);
  const added = await store.add(bytes(LINES), '  Monday  ');
  assert.ok(added.ok);
  const { name, jobs, lastMs, models, deadlines } = added.value;
  assert.deepEqual([name, jobs, lastMs, models, deadlines], ['Monday', 3, 40, { b: 2, a: 1 }, true]);
  const again = await store.add(bytes(LINES), 'Tuesday');
  assert.equal(again.ok && again.value.name, 'Monday');
  const reopened = openTraceStore(dataDir);
  assert.equal(reopened.list().length, 1);
  const read = reopened.find(added.value.sha256)?.read(['a', 'b']);
  assert.ok(read?.ok);
  assert.deepEqual([...read.value.model], [0, 1, 1], 'model indices follow the models that are asked for');
  const other = reopened.find(added.value.sha256)?.read(['b', 'a']);
  assert.deepEqual(other?.ok && [...other.value.model], [1, 0, 0]);
});

test('a wrong line is refused with its number, and nothing is kept', async (t) => {
  const dataDir = folder(t);
  const refused = await openTraceStore(dataDir).add(bytes(`${LINES}{"atMs":1}`), 'x');
  assert.deepEqual(refused, { ok: false, error: 'line 4: model is a name' });
  assert.deepEqual(readdirSync(join(dataDir, 'traces')), []);
});

test('more than 200,000 jobs, or more than 32 models, are refused', async (t) => {
  const store = openTraceStore(folder(t));
  const many = await store.add(bytes('{"atMs":0,"model":"a"}\n'.repeat(200_001)), 'x');
  assert.deepEqual(many, { ok: false, error: 'it has more than 200000 jobs' });
  const models = Array.from({ length: 33 }, (_, m) => `{"atMs":0,"model":"m${m}"}`).join('\n');
  assert.match(JSON.stringify(await store.add(bytes(models), 'x')), /line 33: there is no model/);
});

test('one that is taken away is gone, with its file; one that was damaged says so', async (t) => {
  const dataDir = folder(t);
  const store = openTraceStore(dataDir);
  const added = await store.add(bytes(LINES), 'x');
  assert.ok(added.ok);
  writeFileSync(added.value.file, 'rubbish');
  const damaged = added.value.read(['a', 'b']);
  assert.deepEqual(damaged, { ok: false, error: 'the recorded stream is damaged: line 1: it is not JSON' });
  assert.deepEqual(await store.remove(added.value.sha256), { ok: true, value: undefined });
  assert.deepEqual(readdirSync(join(dataDir, 'traces')), []);
  assert.equal((await store.remove(added.value.sha256)).ok, false);
});
