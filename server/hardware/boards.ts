import { cpus } from 'node:os';
import { artefactFor, type ModelFiles } from './artefact.ts';
import { type Board, type LatencyTable, type OwnUnit, rowOf, type UnitOptions, type UnitSpec } from './board.ts';
import { deviceUnitId } from './detect/kinds.ts';
import type { KnownDevice } from './detect/watch-devices.ts';
import { type MachineUnit, machineUnitId, machineUnitLabel, USUAL_UNITS } from './machine-units.ts';
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
  readonly models: readonly ModelFiles[];
  /** What this machine's own processor computes with. */
  readonly units?: readonly MachineUnit[];
  /** What was found on it besides its processor. */
  readonly devices?: readonly KnownDevice[];
  /** Its fast cores; null: all are alike. */
  readonly bigCores?: readonly number[] | null;
  /** Simulated units that people put beside them, by id. */
  readonly own?: ReadonlyMap<string, OwnUnit>;
}): Board[] {
  const { models, options = {}, units = USUAL_UNITS, devices = [], bigCores = null } = parts;
  const machine = withFiles(thisMachine(units, devices, options, bigCores), models);
  const own = [...(parts.own ?? [])].map(([id, unit]) => ownSpec(id, unit));
  return [{ ...machine, units: [...machine.units, ...own] }, tinker()];
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

/** Which models each of a board's real units can run depends on what files there are. */
function withFiles(board: Board, models: readonly ModelFiles[]): Board {
  const runs = (unit: UnitSpec) =>
    models.filter(({ files }) => artefactFor(unit, files)).map(({ id }) => id as ModelId);
  return {
    ...board,
    models: models.map(({ id }) => id as ModelId),
    units: board.units.map((unit) => ({ ...unit, runs: runs(unit) })),
  };
}

function thisMachine(
  units: readonly MachineUnit[],
  devices: readonly KnownDevice[],
  options: Readonly<Record<string, UnitOptions>>,
  bigCores: readonly number[] | null,
): Board {
  const usual = bigCores ? { threads: bigCores.length, cores: bigCores } : DEFAULT_OPTIONS;
  const processor = processorName();
  const cpus = units.map((unit): UnitSpec => {
    const id = machineUnitId(unit);
    return {
      ...{ id: id as UnitId, name: processor + machineUnitLabel(unit), source: 'hardware', ...unit },
      ...{ modelSlots: options[id]?.modelSlots ?? null, latencyMs: null, options: options[id] ?? usual },
    };
  });
  const found = devices.map((device) => deviceUnit(device, options));
  return { id: 'machine', name: 'This machine', custom: false, units: [...cpus, ...found], models: [] };
}

function deviceUnit({ kind, attached, away }: KnownDevice, options: Readonly<Record<string, UnitOptions>>): UnitSpec {
  const { name, driver, precision } = kind;
  const id = deviceUnitId(kind);
  const modelSlots = options[id]?.modelSlots ?? kind.modelSlots;
  return {
    ...{ id, name, driver, source: 'hardware', precision, modelSlots, latencyMs: null, attached },
    options: options[id] ?? DEFAULT_OPTIONS,
    ...(away === null ? {} : { away }),
  };
}

const ownSpec = (id: string, { name, latencyMs, modelSlots, switchMs }: OwnUnit): UnitSpec => ({
  ...{ id: id as UnitId, name, driver: 'simulated', source: 'simulated', precision: 'fp32' },
  ...{ modelSlots, latencyMs, switchMs, options: DEFAULT_OPTIONS },
});

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
