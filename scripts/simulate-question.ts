import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { bare, type PlatformUnit, platformOfTable, type Ranks } from '../server/application/platform.ts';
import type { Simulation } from '../server/application/simulate.ts';
import { looseLatencyTable, runsSomewhere } from '../server/hardware/board.ts';
import { POSTER_TABLE } from '../server/hardware/simulated/poster.ts';
import type { ModelId } from '../server/hardware/unit.ts';
import { capacity } from '../server/scheduling/capacity.ts';
import { apportion } from '../server/scheduling/interleave.ts';
import { policyNames } from '../server/scheduling/policies/index.ts';
import type { Values } from './simulate-command.ts';
import { Unusable } from './unusable.ts';

export type Question = Pick<
  Simulation,
  'platform' | 'models' | 'counts' | 'arrivals' | 'ranks' | 'conditions' | 'seed' | 'noiseCv'
> & {
  readonly policies: readonly string[];
  readonly mix: readonly number[];
};

/** Parses strangers once: every refusal is one sentence that names the option. */
export function readQuestion(values: Values): Question {
  const table = values.table === undefined ? POSTER_TABLE : readFile('--table', values.table, looseLatencyTable);
  const platform = platformOfTable(table, values.table === undefined);
  const models = table.models as ModelId[];
  const mix = readMix(values.mix, models);
  const unserved = models.find((model, m) => mix[m]! > 0 && !runsSomewhere(table, model)); // one share per model
  if (unserved !== undefined) throw new Unusable(`--table ${values.table}: no unit can run the model "${unserved}"`);
  const jobs = whole('--jobs', values.jobs ?? '300', 1, 10_000_000);
  return {
    policies: readPolicies(values.policy),
    platform,
    models,
    mix,
    counts: apportion(jobs, mix),
    arrivals: readArrivals(values, () => capacity(bare(platform, models), mix)),
    ranks: readRanks(values.ranks, platform, models),
    conditions: { switchMs: readSwitch(values['switch-ms']), depth: whole('--depth', values.depth ?? '1', 1, 64) },
    seed: whole('--seed', values.seed ?? '42', 0, 0xffffffff),
    noiseCv: number('--noise', values.noise ?? '0', 0, 10),
  };
}

function readPolicies(asked: string | undefined): string[] {
  if (asked === undefined || asked === 'all') return policyNames();
  if (!policyNames().includes(asked))
    throw new Unusable(`--policy knows ${policyNames().join(', ')} and all, not "${asked}"`);
  return [asked];
}

function readMix(asked: string | undefined, models: readonly string[]): number[] {
  if (asked === undefined) return models.map(() => 1);
  const parts = asked.split(':').map((part) => number('--mix', part, 0, 1e9));
  if (parts.length !== models.length)
    throw new Unusable(
      `--mix needs ${models.length} numbers, one for each of ${models.join(', ')}, but "${asked}" has ${parts.length}`,
    );
  if (parts.every((part) => part === 0)) throw new Unusable('--mix asks for nothing: every share is 0');
  return parts;
}

function readArrivals(values: Values, bound: () => number): Question['arrivals'] {
  const { rate, load, arrivals } = values;
  if (rate !== undefined && load !== undefined) throw new Unusable('--rate and --load exclude each other');
  if (arrivals !== undefined && arrivals !== 'closed' && arrivals !== 'poisson')
    throw new Unusable(`--arrivals is closed or poisson, not "${arrivals}"`);
  const given = rate !== undefined || load !== undefined;
  if (arrivals === 'closed' && given)
    throw new Unusable(`--arrivals closed takes no ${rate === undefined ? '--load' : '--rate'}`);
  if (!given && arrivals === 'poisson') throw new Unusable('--arrivals poisson needs --rate or --load');
  if (!given) return { kind: 'closed' };
  const ratePerS =
    rate === undefined ? number('--load', load ?? '', 1e-6, 1000) * bound() : number('--rate', rate, 1e-6, 1e9);
  return { kind: 'poisson', ratePerS };
}

function readSwitch(asked: string | undefined): Question['conditions']['switchMs'] {
  if (asked === undefined) return 'table';
  return asked === 'forbidden' ? asked : number('--switch-ms', asked, 0, 1e9);
}

function readRanks(asked: string | undefined, platform: readonly PlatformUnit[], models: readonly string[]): Ranks {
  if (asked === undefined) return 'poster';
  if (asked === 'profiler') return asked;
  const ranks = readFile('--ranks', asked, z.record(z.string(), z.array(z.string())));
  const unit = Object.keys(ranks).find((id) => !platform.some((u) => u.id === id));
  if (unit !== undefined) throw new Unusable(`--ranks names the unit "${unit}", which the platform does not have`);
  const model = Object.values(ranks)
    .flat()
    .find((id) => !models.includes(id));
  if (model !== undefined) throw new Unusable(`--ranks names the model "${model}", which the platform does not have`);
  return ranks;
}

function readFile<T>(option: string, file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Unusable(`${option} ${file}: ${firstIssue(error)}`);
  }
}

/** The first thing wrong, with its place. */
export function firstIssue(error: unknown): string {
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return issue ? `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}` : 'is not usable';
  }
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function number(option: string, text: string, min: number, max: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= min && value <= max)) throw new Unusable(`${option} is a number from ${min} to ${max}, not "${text}"`);
  return value;
}

function whole(option: string, text: string, min: number, max: number): number {
  const value = number(option, text, min, max);
  if (!Number.isInteger(value)) throw new Unusable(`${option} is a whole number, not "${text}"`);
  return value;
}
