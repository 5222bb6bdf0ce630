import * as z from 'zod';
import type { SwitchCost } from './switch-cost.ts';
import { type Row, timeIn } from './time-in.ts';
import type { ModelId, Precision, Source, UnitId } from './unit.ts';

/** One number for every pair of models, or from → to → milliseconds. */
const switchCost = (most: number) => {
  const ms = z.number().min(0).max(most);
  return z.union([ms, z.record(z.string(), z.record(z.string(), ms))], {
    error: 'a switch costs a number of milliseconds, or {"from":{"to":ms}}',
  });
};

/** Mean service times: unit → model → milliseconds, `null` where it cannot run. Units and models in platform order. */
export const latencyTable = z
  .strictObject({
    units: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'a unit id is lower-case letters, digits, "_" or "-"'),
          modelSlots: z.number().int().min(1).max(1000).optional(),
          switchMs: switchCost(600_000).optional(),
        }),
      )
      .min(1)
      .max(32),
    models: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/))
      .min(1)
      .max(32),
    latencyMs: z.record(z.string(), z.record(z.string(), z.number().positive().max(3_600_000).nullable())),
    parameters: z.record(z.string(), z.number().positive()).optional(),
  })
  .superRefine((table, ctx) => {
    const unserved = table.models.filter((model) => !runsSomewhere(table, model));
    const messages = [...mistakes(table), ...unserved.map((model) => `no unit can run the model "${model}"`)];
    for (const message of messages) ctx.addIssue({ code: 'custom', message });
  });
export type LatencyTable = z.output<typeof latencyTable>;

/** The same from a file on the command line: names are free, further keys are nobody's harm, `null` is "not given". */
export const looseLatencyTable = z
  .object({
    units: z
      .array(
        z.object({
          id: z.string().min(1, 'a unit needs a name').max(64),
          modelSlots: z.number().int().min(1).nullish(),
          switchMs: switchCost(1e9).nullish(),
        }),
      )
      .min(1, 'a table needs a unit')
      .max(200, 'a table holds at most 200 units'),
    models: z
      .array(z.string().min(1, 'a model needs a name').max(64))
      .min(1, 'a table needs a model')
      .max(200, 'a table holds at most 200 models'),
    latencyMs: z.record(z.string(), z.record(z.string(), z.number().positive().nullable())),
    parameters: z.record(z.string(), z.number().positive()).optional(),
  })
  .superRefine((table, ctx) => {
    for (const message of mistakes(table)) ctx.addIssue({ code: 'custom', message });
  })
  .transform(
    ({ units, ...rest }): LatencyTable => ({
      ...rest,
      units: units.map(({ id, modelSlots, switchMs }) => ({
        id,
        modelSlots: modelSlots ?? undefined,
        switchMs: switchMs ?? undefined,
      })),
    }),
  );

type Named = Pick<LatencyTable, 'models' | 'latencyMs'> & {
  readonly units: readonly { readonly id: string; readonly switchMs?: SwitchCost | null | undefined }[];
};

/** What no table may have, whoever brings it. */
function mistakes(table: Named): string[] {
  const unlisted = Object.keys(table.latencyMs).filter((unit) => !table.units.some((u) => u.id === unit));
  return [
    ...(new Set(table.units.map((u) => u.id)).size < table.units.length ? ['a unit is named twice'] : []),
    ...(new Set(table.models).size < table.models.length ? ['a model is named twice'] : []),
    ...unlisted.map((unit) => `latencyMs names the unit "${unit}", which units does not list`),
    ...table.units.flatMap(({ id, switchMs }) =>
      strangers(table, named(switchMs)).map((model) => `the switchMs of "${id}" names ${model}`),
    ),
  ];
}

const named = (cost: SwitchCost | null | undefined): string[] =>
  typeof cost === 'object' && cost !== null
    ? [...new Set(Object.entries(cost).flatMap(([from, row]) => [from, ...Object.keys(row)]))]
    : [];

const strangers = (table: Named, models: readonly string[]): string[] =>
  models
    .filter((model) => !table.models.includes(model))
    .map((model) => `the model "${model}", which models does not list`);

export const runsSomewhere = (table: Named, model: string): boolean =>
  table.units.some((unit) => timeIn(rowOf(table, unit.id), model) !== null);

/** The unit's own row; a unit may be called "constructor", which every object has. */
export const rowOf = ({ latencyMs }: Pick<LatencyTable, 'latencyMs'>, unit: string): Row =>
  (Object.hasOwn(latencyMs, unit) ? latencyMs[unit] : undefined) ?? {};

/** A simulated unit that a person puts on this machine's board, to see what one more would be worth. */
export const ownUnit = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(64, 'may have 64 characters at most'),
  latencyMs: z
    .record(z.string(), z.number().positive('must be above 0').max(3_600_000).nullable())
    .refine((row) => Object.values(row).some((ms) => ms !== null), 'it must be able to run a model'),
  /** null: as many as there are models. */
  modelSlots: z.number().int().min(1).max(1000).nullable().default(null),
  switchMs: switchCost(600_000).default(0),
});
export type OwnUnit = z.output<typeof ownUnit>;

/** What a unit computes with; each is a program of its own, `unit-<driver>`. */
export const DRIVERS = ['onnx', 'tflite', 'armnn', 'edgetpu', 'rknn', 'ncs2', 'simulated'] as const;
export type DriverName = (typeof DRIVERS)[number];

/** A unit as its board describes it, before a process stands behind it. */
export interface UnitSpec {
  /** `<board>.<unit>` */
  readonly id: UnitId;
  readonly name: string;
  readonly driver: DriverName;
  readonly source: Source;
  readonly precision: Precision;
  /** null: as many as there are models. */
  readonly modelSlots: number | null;
  /** Simulated units: the table's row. */
  readonly latencyMs: Readonly<Record<string, number | null>> | null;
  /** Simulated units: what replacing a resident model costs, where the run does not say. */
  readonly switchMs?: SwitchCost;
  /** Real units: models with a file that its driver reads. Left out: whatever there is. */
  readonly runs?: readonly ModelId[];
  readonly options: UnitOptions;
  /** Real units: what its process is told to use. */
  readonly attached?: Attachment;
  /** Why its device cannot be used now ("it was unplugged"); left out: it can. */
  readonly away?: string;
}
/** The vendor's library and the device that a unit's process uses; null: what it finds itself. */
export interface Attachment {
  readonly library: string | null;
  /** As the library or sysfs names it: a USB port's path, an id. */
  readonly device: string | null;
}
/** Real units: intra-op threads, and the cores its process may use (null: all). */
export interface UnitOptions {
  readonly threads: number;
  readonly cores: readonly number[] | null;
  /** How many models it may hold, where a person knows better than it says of itself. */
  readonly modelSlots?: number | null;
  /** What replacing one of its models by another costs, ms, where a person knows better than was measured. */
  readonly switchMs?: number | null;
}
export interface Board {
  readonly id: string;
  readonly name: string;
  /** Made by a person from a latency table of their own. */
  readonly custom: boolean;
  readonly units: readonly UnitSpec[];
  readonly models: readonly ModelId[];
}
