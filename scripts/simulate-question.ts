import * as z from 'zod';
import { type PlatformUnit, platformOfTable, type Ranks } from '../server/application/platform.ts';
import type { Simulation } from '../server/application/simulate.ts';
import { type LatencyTable, looseLatencyTable, runsSomewhere } from '../server/hardware/board.ts';
import { POSTER_PARAMETERS, POSTER_TABLE } from '../server/hardware/simulated/poster.ts';
import type { ModelId } from '../server/hardware/unit.ts';
import { policyNames } from '../server/scheduling/policies/index.ts';
import { jsonOf, number, perModel, whole } from './read-input.ts';
import type { Values } from './simulate-values.ts';
import { readDrifts, readOutages } from './simulate-windows.ts';
import { type AskedArrivals, readWork } from './simulate-work.ts';
import { Unusable } from './unusable.ts';

/** What is asked, but for the policy: everything that the command line says. */
export interface Question {
  readonly policies: readonly string[];
  /** Whether more than one policy was asked for, so that the answer is an array. */
  readonly several: boolean;
  readonly simulation: Omit<Simulation, 'policy' | 'arrivals' | 'posterRanks' | 'mix'> & {
    readonly mix: readonly number[];
  };
  readonly arrivals: AskedArrivals;
}

/** Parses strangers once: every refusal is one sentence that names the option. */
export function readQuestion(values: Values): Question {
  const own = values.table !== undefined;
  const table = own ? jsonOf('--table', values.table!, looseLatencyTable) : POSTER_TABLE; // checked
  const platform = platformOfTable(table, !own);
  const models = table.models as ModelId[];
  const { arrivals, counts, mix } = readWork(values, platform, models);
  const unserved = models.find((model, m) => mix[m]! > 0 && !runsSomewhere(table, model)); // one share per model
  if (unserved !== undefined) throw new Unusable(`--table ${values.table}: no unit can run the model "${unserved}"`);
  const deadlineMs = readDeadlines(values['deadline-ms'], models);
  const priority = readPriorities(values.priority, models);
  const cold = readCold(values, own ? table.parameters : POSTER_PARAMETERS, models);
  return {
    policies: readPolicies(values.policy),
    several: values.policy === undefined || values.policy === 'all',
    arrivals,
    simulation: {
      platform,
      models,
      mix,
      counts,
      ranks: readRanks(values.ranks, platform, models),
      conditions: { switchMs: readSwitch(values['switch-ms']), depth: whole('--depth', values.depth ?? '1', 1, 64) },
      seed: whole('--seed', values.seed ?? '42', 0, 0xffffffff),
      noiseCv: number('--noise', values.noise ?? '0', 0, 10),
      drifts: readDrifts(
        values.drift,
        table.units.map((unit) => unit.id),
      ),
      outages: readOutages(
        values.outage,
        table.units.map((unit) => unit.id),
      ),
      ...(deadlineMs ? { deadlineMs } : {}),
      ...(priority ? { priority } : {}),
      ...(cold ? { cold } : {}),
    },
  };
}

function readPolicies(asked: string | undefined): string[] {
  if (asked === undefined || asked === 'all') return policyNames();
  if (!policyNames().includes(asked))
    throw new Unusable(`--policy knows ${policyNames().join(', ')} and all, not "${asked}"`);
  return [asked];
}

function readSwitch(asked: string | undefined): Simulation['conditions']['switchMs'] {
  if (asked === undefined) return 'table';
  return asked === 'forbidden' ? asked : number('--switch-ms', asked, 0, 1e9);
}

const readDeadlines = (asked: string | undefined, models: readonly string[]): number[] | null =>
  asked === undefined
    ? null
    : perModel('--deadline-ms', asked, models, Number.POSITIVE_INFINITY, (option, text) =>
        number(option, text, 1e-6, 1e12),
      );

const readPriorities = (asked: string | undefined, models: readonly string[]): number[] | null =>
  asked === undefined ? null : perModel('--priority', asked, models, 0, (option, text) => whole(option, text, 0, 255));

/** Parameters of each model; `null`: the start is not cold. A table without any leaves all models alike. */
function readCold(values: Values, known: LatencyTable['parameters'], models: readonly string[]): number[] | null {
  if (!values.cold && values.parameters !== undefined) throw new Unusable('--parameters is for --cold alone');
  if (!values.cold) return null;
  const read = (option: string, text: string) => number(option, text, 1e-9, 1e15);
  const given = values.parameters === undefined ? null : perModel('--parameters', values.parameters, models, 0, read);
  const weights = models.map((model, m) => given?.[m] || (known && Object.hasOwn(known, model) ? known[model]! : 0)); // it has it
  const missing = models.filter((_, m) => weights[m] === 0);
  if (missing.length === models.length) return models.map(() => 1);
  if (missing.length > 0)
    throw new Unusable(`--cold knows the parameters of some models but not of ${missing.join(', ')}`);
  return weights;
}

function readRanks(asked: string | undefined, platform: readonly PlatformUnit[], models: readonly string[]): Ranks {
  if (asked === undefined) return 'poster';
  if (asked === 'profiler') return asked;
  const ranks = jsonOf('--ranks', asked, z.record(z.string(), z.array(z.string())));
  const unit = Object.keys(ranks).find((id) => !platform.some((u) => u.id === id));
  if (unit !== undefined) throw new Unusable(`--ranks names the unit "${unit}", which the platform does not have`);
  const model = Object.values(ranks)
    .flat()
    .find((id) => !models.includes(id));
  if (model !== undefined) throw new Unusable(`--ranks names the model "${model}", which the platform does not have`);
  return ranks;
}
