import type { DriverName, UnitSpec } from './board.ts';
import { timeIn } from './time-in.ts';
import type { ModelId, Precision } from './unit.ts';

// A model is one network in several files: each driver reads formats of its own, and the same format comes in several precisions.

export const FORMATS = ['onnx', 'tflite', 'edgetpu', 'rknn', 'ir', 'blob', 'graph'] as const;
export type Format = (typeof FORMATS)[number];

interface FormatFacts {
  /** What such a file's name ends in. */
  readonly ending: string;
  readonly drivers: readonly DriverName[];
  /** What every such file computes in; null: the file itself tells. */
  readonly precision: Precision | null;
}

/** Compilers for the accelerators keep their formats to themselves: of .rknn, .blob and .graph only the vendor's library knows what is inside. */
export const FORMAT: Readonly<Record<Format, FormatFacts>> = {
  onnx: { ending: '.onnx', drivers: ['onnx', 'ncs2'], precision: null },
  tflite: { ending: '.tflite', drivers: ['tflite', 'armnn'], precision: null },
  edgetpu: { ending: '_edgetpu.tflite', drivers: ['edgetpu'], precision: 'int8' },
  rknn: { ending: '.rknn', drivers: ['rknn'], precision: 'int8' },
  /** OpenVINO's network and its weights in one; see ncs2/read-ir.ts. */
  ir: { ending: '.ir', drivers: ['ncs2'], precision: 'fp16' },
  blob: { ending: '.blob', drivers: ['ncs2'], precision: 'fp16' },
  graph: { ending: '.graph', drivers: ['ncs2'], precision: 'fp16' },
};

/** By its name's end, the longest that fits; null: none of ours. */
export function formatOf(fileName: string): Format | null {
  const name = fileName.toLowerCase();
  const fits = FORMATS.filter((format) => name.endsWith(FORMAT[format].ending));
  return fits.sort((a, b) => FORMAT[b].ending.length - FORMAT[a].ending.length)[0] ?? null;
}

/** What goes into a network, or comes out of it. */
export interface TensorFacts {
  readonly name: string;
  /** Such as "float32" or "int8". */
  readonly type: string;
  /** null: not fixed in the file. */
  readonly shape: readonly (number | null)[];
}

/** One of a model's files. */
export interface Artefact {
  readonly format: Format;
  readonly precision: Precision;
  /** null until it is written. */
  readonly sha256: string | null;
  /** null until it is written. */
  readonly file: string | null;
  /** Elements of the weights as this file stores them; null where only the vendor's library could tell. */
  readonly parameters: number | null;
  /** Of the network that it was made from, before normalisation was folded into its neighbours; null where nobody said. */
  readonly originalParameters: number | null;
  /** Empty where only the vendor's library could tell. */
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
  /** Whether it was really run once on this machine before it was taken. */
  readonly tried: boolean;
}

export type ArtefactFile = Pick<Artefact, 'format' | 'precision' | 'file'>;

/** A model as far as its units care. */
export interface ModelFiles {
  readonly id: string;
  readonly files: readonly ArtefactFile[];
}

/** What decides which files a unit can read. */
type Reader = Pick<UnitSpec, 'driver' | 'precision' | 'attached'>;

/** Of the two libraries that lead to an NCS2, the older reads its own graphs, and the newer everything else. */
function reads({ driver, attached }: Reader, format: Format): boolean {
  if (!FORMAT[format].drivers.includes(driver)) return false;
  if (driver !== 'ncs2' || !attached) return true;
  return /(^|\/)libmvnc\b/.test(attached.library ?? '') === (format === 'graph');
}

/**
 * The file that the unit runs: of its own precision, else the first that its driver can read. A unit that is there for INT8
 * takes nothing else, or its times would bear the wrong name.
 */
export function artefactFor<A extends Pick<Artefact, 'format' | 'precision'>>(
  unit: Reader,
  files: readonly A[],
): A | undefined {
  const readable = files.filter(({ format }) => reads(unit, format));
  const own = readable.find((file) => file.precision === unit.precision);
  return own ?? (unit.precision === 'int8' ? undefined : readable[0]);
}

/** Where it lies; null: there is none, or not yet. */
export const fileFor = (unit: Reader, files: readonly ArtefactFile[]): string | null =>
  artefactFor(unit, files)?.file ?? null;

/** Whether the unit can ever run it: by its table, or, for a real unit, because there is a file for its driver. */
export const canRun = ({ latencyMs, runs }: Pick<UnitSpec, 'latencyMs' | 'runs'>, model: string): boolean =>
  latencyMs ? timeIn(latencyMs, model) !== null : (runs?.includes(model as ModelId) ?? true);
