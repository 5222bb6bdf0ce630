import { cpus } from 'node:os';
import { type Board, type LatencyTable, rowOf, type UnitOptions, type UnitSpec } from './board.ts';
import { POSTER_TABLE } from './simulated/poster.ts';
import type { ModelId, Precision, UnitId } from './unit.ts';

/** One thread: two would gain a third of MobileNetV2's time and take the core that the engine dispatches on. */
const DEFAULT_OPTIONS: UnitOptions = { threads: 1, cores: null };

/** What the poster calls its units, and what they compute in. */
const POSTER_UNITS: Readonly<Record<string, { readonly name: string; readonly precision: Precision }>> = {
  cpu: { name: 'CPU (Cortex-A72)', precision: 'fp32' },
  ncs2: { name: 'Intel NCS2', precision: 'fp16' },
  coral: { name: 'Google Coral USB', precision: 'int8' },
  npu: { name: 'Rockchip NPU', precision: 'int8' },
};

/** The boards that are there without anybody adding one: this machine, and the poster's board from its table. */
export function shippedBoards(parts: {
  readonly options?: Readonly<Record<string, UnitOptions>>;
  /** Models that this machine has, built in or uploaded. */
  readonly models: readonly string[];
}): Board[] {
  return [thisMachine(parts.models, parts.options ?? {}), tinker()];
}

/** A person's own latency table as a board of simulated units. */
export function customBoard(id: string, name: string, table: LatencyTable): Board {
  return {
    id,
    name,
    custom: true,
    units: table.units.map((unit) => simulatedUnit(id, unit, table, { name: unit.id, precision: 'fp32' })),
    models: table.models as ModelId[],
  };
}

function thisMachine(models: readonly string[], options: Readonly<Record<string, UnitOptions>>): Board {
  const cpu: UnitSpec = {
    id: 'machine.cpu' as UnitId,
    name: processorName(),
    driver: 'onnx',
    source: 'hardware',
    precision: 'fp32',
    modelSlots: null,
    latencyMs: null,
    options: options['machine.cpu'] ?? DEFAULT_OPTIONS,
  };
  return { id: 'machine', name: 'This machine', custom: false, units: [cpu], models: models as ModelId[] };
}

function tinker(): Board {
  const name = 'Tinker Edge R (simulated)';
  const plain = customBoard('tinker', name, POSTER_TABLE);
  const units = plain.units.map((unit) => ({ ...unit, ...POSTER_UNITS[unit.id.slice('tinker.'.length)] }));
  return { ...plain, custom: false, units };
}

function simulatedUnit(
  board: string,
  unit: LatencyTable['units'][number],
  table: LatencyTable,
  look: { readonly name: string; readonly precision: Precision },
): UnitSpec {
  return {
    id: `${board}.${unit.id}` as UnitId,
    ...look,
    driver: 'simulated',
    source: 'simulated',
    modelSlots: unit.modelSlots ?? null,
    latencyMs: rowOf(table, unit.id),
    ...(unit.switchMs === undefined ? {} : { switchMs: unit.switchMs }),
    options: DEFAULT_OPTIONS,
  };
}

/** "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz" → "Intel Core i5-8250U"; many ARM boards say nothing at all. */
function processorName(): string {
  const model = cpus()[0]?.model ?? '';
  const plain = model.replace(/\((R|TM)\)/gi, '').replace(/\b(CPU|Processor)\b|@.*$/g, '');
  const name = plain.replace(/\s+/g, ' ').trim();
  return name && name !== 'unknown' ? name : `CPU (${process.arch})`;
}
