import type { Result } from '../brand.ts';
import type { DriverName } from './board.ts';
import type { FileKind } from './onnx/networks.ts';

/** A way in which this machine's own processor computes; each is a unit. */
export interface MachineUnit {
  readonly driver: Extract<DriverName, 'onnx' | 'tflite' | 'armnn'>;
  readonly precision: 'fp32' | 'int8';
}

const DRIVERS = ['onnx', 'tflite', 'armnn'] as const;
const LIBRARY = { onnx: 'ONNX Runtime', tflite: 'TensorFlow Lite', armnn: 'Arm NN' } as const;

/** One: several would take the processor's cores from each other, so the others are for those who ask for them. */
export const USUAL_UNITS: readonly MachineUnit[] = [{ driver: 'onnx', precision: 'fp32' }];

/** "onnx,tflite-int8": a library each, in FP32 where nothing else is said. */
export function machineUnits(text: string): Result<readonly MachineUnit[]> {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const units: MachineUnit[] = [];
  for (const name of names) {
    const unit = DRIVERS.flatMap((driver) => [
      { driver, precision: 'fp32' as const },
      { driver, precision: 'int8' as const },
    ]).find((each) => nameOf(each) === name);
    if (!unit) return no(`there is no unit "${name}"; there are ${DRIVERS.join(', ')}, each also as <name>-int8`);
    if (units.some((each) => nameOf(each) === name)) return no(`the unit "${name}" is named twice`);
    units.push(unit);
  }
  return units.length === 0 ? no('name one unit at least, such as onnx') : { ok: true, value: units };
}

const no = (error: string): { ok: false; error: string } => ({ ok: false, error });
const nameOf = ({ driver, precision }: MachineUnit): string => (precision === 'int8' ? `${driver}-int8` : driver);

/** The usual one has kept the name of the time when it was the only one. */
export const machineUnitId = (unit: MachineUnit): string => `machine.${nameOf(unit) === 'onnx' ? 'cpu' : nameOf(unit)}`;

/** What tells it from the others of the same processor; empty for the usual one. */
export function machineUnitLabel(unit: MachineUnit): string {
  const { driver, precision } = unit;
  return nameOf(unit) === 'onnx' ? '' : `, ${LIBRARY[driver]}${precision === 'int8' ? ' INT8' : ''}`;
}

/** The kind of the built-in models' files that it reads. */
export const fileKindOf = ({ driver, precision }: MachineUnit): FileKind =>
  `${driver === 'onnx' ? 'onnx' : 'tflite'}-${precision}`;
