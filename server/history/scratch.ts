import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NewExperiment } from '../application/ledger.ts';
import type { RunPlan } from '../application/messages.ts';
import { emptyColumns, encodeTrace } from '../application/trace.ts';
import type { UnitId } from '../hardware/unit.ts';
import { type History, openHistory } from './open.ts';
import type { RunQuestion } from './run-list.ts';
import { parseSearch } from './search/parse.ts';

// For tests: a history in a folder of its own, and something to keep in it.

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

export interface Scratch {
  readonly folder: string;
  open(): Promise<History>;
  remove(): void;
}

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
  return {
    folder,
    open: () => openHistory(join(folder, 'switchyard.db'), MIGRATIONS),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const UNITS = ['tinker.cpu', 'tinker.coral'] as UnitId[];

export const planOfRun = (run: number): RunPlan => ({
  ...{ run, policy: 'fcfs', units: UNITS, models: ['mobilenet_v2'], jobs: [100], arrivals: { kind: 'closed' } },
  ...{ seed: 42, switchMs: 500, noiseCv: 0, ranks: 'poster', pictures: [] },
});

export function experimentNamed(name: string, policies: readonly string[] = ['fcfs']): NewExperiment {
  return {
    name,
    spec: {
      ...{ name, units: [...UNITS], models: [{ id: 'mobilenet_v2', jobs: 100 }], policies: [...policies], repeats: 1 },
      ...{ workload: { kind: 'closed' }, seed: 42, switchMs: 500, noiseCv: 0, ranks: 'poster', pictures: [] },
      ...{ warmUpS: 0, coolToC: null },
    },
    platform: {
      units: UNITS.map((id) => ({ id, name: id, source: 'simulated', precision: 'fp32' })),
      models: [{ id: 'mobilenet_v2', name: 'MobileNetV2', trained: false }],
      pictures: [],
    },
    source: 'simulated',
    createdBy: 'ann',
    ratePerS: null,
    boundThroughput: 10,
    runs: policies.map((policy) => ({ policy, repeat: 1, predicted: null })),
  };
}

/** Rows of jobs that arrive at 0 and take 10 ms each, one after the other. */
export function rowsFrom(firstSeq: number, rows: number): Uint8Array<ArrayBuffer> {
  const columns = emptyColumns(rows, firstSeq);
  for (let row = 0; row < rows; row++) {
    const seq = firstSeq + row;
    columns.job[row] = seq;
    columns.attempt[row] = 1;
    columns.startMs[row] = seq * 10;
    columns.endMs[row] = seq * 10 + 10;
  }
  return encodeTrace(columns);
}

/** The newest first of what a search finds. */
export function searched(text: string): RunQuestion {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(`the search ${text} is wrong: ${parsed.error.code}`);
  return { search: parsed.value, sort: 'id', order: 'desc', now: new Date() };
}
