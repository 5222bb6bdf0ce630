import * as z from 'zod';
import type { SwitchCost } from './switch-cost.ts';
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

type Row = Readonly<Record<string, number | null>>;

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

/** `null`: it cannot run there. */
export const timeIn = (row: Row, model: string): number | null =>
  Object.hasOwn(row, model) ? (row[model] ?? null) : null;

/** A unit as its board describes it, before a process stands behind it. */
export interface UnitSpec {
  /** `<board>.<unit>` */
  readonly id: UnitId;
  readonly name: string;
  readonly driver: 'onnx' | 'simulated';
  readonly source: Source;
  readonly precision: Precision;
  /** null: as many as there are models. */
  readonly modelSlots: number | null;
  /** Simulated units: the table's row. */
  readonly latencyMs: Readonly<Record<string, number | null>> | null;
  /** Simulated units: what replacing a resident model costs, where the run does not say. */
  readonly switchMs?: SwitchCost;
  readonly options: UnitOptions;
}
/** Real units: intra-op threads, and the cores its process may use (null: all). */
export interface UnitOptions {
  readonly threads: number;
  readonly cores: readonly number[] | null;
}
export interface Board {
  readonly id: string;
  readonly name: string;
  /** Made by a person from a latency table of their own. */
  readonly custom: boolean;
  readonly units: readonly UnitSpec[];
  readonly models: readonly ModelId[];
}
