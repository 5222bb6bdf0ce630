import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExperimentView, StorageView } from '../../../server/panel/wire.ts';
import { quantile } from '../../../server/scheduling/quantile.ts';
import {
  claim,
  type Person,
  posterRequest,
  root,
  startProduct,
  temporaryFolder,
  whenOver,
} from '../../../server/test/product.ts';
import { writeHistory } from '../runs-history.ts';

const RUNS = 20_000;
const MODEL_MB = 50;

/** A backup of a long history and a large model while a run goes on, through the API and on the command line, and back elsewhere. */
export async function benchBackup() {
  const folder = temporaryFolder();
  const dataDir = join(folder.path, 'data');
  await writeHistory(join(dataDir, 'switchyard.db'), join(root, 'prisma/migrations'), RUNS);
  mkdirSync(join(dataDir, 'models'));
  writeFileSync(join(dataDir, 'models', `${'a'.repeat(64)}.onnx`), randomBytes(MODEL_MB * 1024 ** 2));
  writeFileSync(join(dataDir, 'models', `${'a'.repeat(64)}.json`), '{}');
  const product = await startProduct(dataDir);
  try {
    const person = await claim(product);
    const quiet = await throughputOf(person);
    const { databaseBytes } = await person.get<StorageView>('/storage');
    const answers = pulse(product.ready.url);
    const busy = throughputOf(person);
    await sleep(500); // it has begun
    const from = performance.now();
    const bytes = await sizeOf(await person.ask('GET', '/backup'));
    const throughApiMs = performance.now() - from;
    const answerMs = await answers.end();
    const meanwhile = await busy;
    const file = join(folder.path, 'backup.tar');
    const [commandMs] = call(dataDir, ['backup', file]);
    const [restoreMs, said] = call(join(folder.path, 'elsewhere'), ['restore', file]);
    return {
      ...{ runs: RUNS, modelMiB: MODEL_MB, databaseMiB: mib(databaseBytes) },
      backupMiB: mib(bytes),
      ...{ throughApiMs: Math.round(throughApiMs), commandMs, restoreMs },
      fileIsAsLarge: Math.abs(statSync(file).size - bytes) < 1024 ** 2,
      restored: /restored the backup/.test(said),
      otherAnswersMs: {
        p50: round(quantile(answerMs, 0.5)),
        p99: round(quantile(answerMs, 0.99)),
        max: round(quantile(answerMs, 1)),
      },
      throughputPerS: { without: round(quiet), meanwhile: round(meanwhile) },
    };
  } finally {
    await product.stop();
    folder.remove();
  }
}

const mib = (bytes: number): number => Math.round((bytes / 1024 ** 2) * 10) / 10;
const round = (value: number): number => Math.round(value * 10) / 10;

async function throughputOf(person: Person): Promise<number> {
  const { id, runs } = await person.post<ExperimentView>('/experiments', posterRequest(60, { switchMs: 0 }));
  await whenOver(person, id);
  const run = await person.get<{ throughput: number }>(`/runs/${runs[0]!.id}`); // it has one
  return run.throughput;
}

async function sizeOf(response: Response): Promise<number> {
  let size = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) size += part.length;
  return size;
}

/** Asks a small question again and again; the times, ascending, at the end. */
function pulse(url: string) {
  const times: number[] = [];
  let going = true;
  const asked = (async () => {
    while (going) {
      const from = performance.now();
      await (await fetch(`${url}/api/v1/setup`)).text();
      times.push(performance.now() - from);
      await sleep(5);
    }
  })();
  return {
    async end(): Promise<number[]> {
      going = false;
      await asked;
      return times.sort((a, b) => a - b);
    },
  };
}

function call(dataDir: string, args: readonly string[]): [number, string] {
  mkdirSync(dataDir, { recursive: true });
  const from = performance.now();
  const env = { ...process.env, DATA_DIR: dataDir };
  const { stderr, status } = spawnSync(process.execPath, [join(root, 'scripts/switchyard.mjs'), ...args], {
    ...{ env, encoding: 'utf8' },
  });
  if (status !== 0) throw new Error(stderr);
  return [Math.round(performance.now() - from), stderr];
}
