import { createHash } from 'node:crypto';
import type { Result } from '../brand.ts';
import { type Artefact, FORMAT, type Format } from './artefact.ts';
import type { Session } from './computing/runtime.ts';
import { readIr } from './ncs2/read-ir.ts';
import { readModel } from './onnx/read-model.ts';
import { checkOpaque } from './opaque-model.ts';
import { tflitePlaces } from './tflite/places.ts';
import { readTflite } from './tflite/read-model.ts';
import { precisionOf, type WeightKind } from './weight-kind.ts';

/** What a file turned out to be. null: only the vendor's library could tell. */
export interface Examined extends Omit<Artefact, 'file' | 'sha256'> {
  readonly sha256: string;
  readonly weights: WeightKind | null;
  readonly height: number | null;
  readonly width: number | null;
  readonly classes: number | null;
}

/** What was read of a file before it was run. */
type Read = Omit<Examined, 'format' | 'sha256' | 'tried' | 'originalParameters'>;

/** Reads a stranger's file and, where its library is on this machine, runs it once. For a process that may be lost. */
export async function examine(bytes: Uint8Array, format: Format): Promise<Result<Examined>> {
  const read = readAs(bytes, format);
  if (!read.ok) return read;
  const tried = await tryOnce(bytes, format, read.value);
  if (!tried.ok) return tried;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ok: true, value: { ...read.value, format, sha256, tried: tried.value, originalParameters: null } };
}

function readAs(bytes: Uint8Array, format: Format): Result<Read> {
  switch (format) {
    case 'onnx': {
      const facts = readModel(bytes);
      return facts.ok ? { ok: true, value: { ...facts.value, precision: precisionOf(facts.value.weights) } } : facts;
    }
    case 'tflite':
    case 'edgetpu':
      return readLite(bytes, format);
    case 'ir': {
      const ir = readIr(bytes);
      return ir.ok ? { ok: true, value: { ...ir.value.facts, precision: 'fp16' } } : ir;
    }
    case 'rknn':
    case 'blob':
    case 'graph': {
      const sound = checkOpaque(bytes, format);
      return sound.ok ? { ok: true, value: unknown(format) } : sound;
    }
    default:
      return format satisfies never;
  }
}

function readLite(bytes: Uint8Array, format: 'tflite' | 'edgetpu'): Result<Read> {
  const facts = readTflite(bytes);
  if (!facts.ok) return facts;
  const { forEdgeTpu, ...value } = facts.value;
  if (forEdgeTpu && format === 'tflite') return no('this file was compiled for an Edge TPU; name it …_edgetpu.tflite');
  if (!forEdgeTpu && format === 'edgetpu') return no('nothing in this file was compiled for an Edge TPU');
  if (!forEdgeTpu) return { ok: true, value: { ...value, precision: precisionOf(value.weights) } };
  // What was compiled holds its weights where only the device finds them.
  return { ok: true, value: { ...value, precision: 'int8', parameters: null, weights: 'int8' } };
}

const unknown = (format: Format): Read => ({
  ...{ precision: FORMAT[format].precision ?? 'fp32', parameters: null, weights: null },
  ...{ height: null, width: null, classes: null, inputs: [], outputs: [] },
});

/** That it reads well does not say that it runs; an endless one is ended by whoever waits. false: nothing here could run it. */
async function tryOnce(bytes: Uint8Array, format: Format, { classes }: Read): Promise<Result<boolean>> {
  const open = await opener(format);
  if (!open) return { ok: true, value: false };
  let session: Session<never>;
  try {
    session = await open(bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 200) : String(error);
    return no(`${LIBRARY[format]} cannot run this model: ${why}`);
  }
  const answered = session.classes;
  await session.release();
  return answered === classes
    ? { ok: true, value: true }
    : no(`the model says it has ${classes} classes, and answers with ${answered}`);
}

const LIBRARY: Partial<Record<Format, string>> = { onnx: 'ONNX Runtime', tflite: 'TensorFlow Lite' };

/** Opens a session, which runs the network once; null where this machine has no library for it. */
async function opener(format: Format): Promise<((bytes: Uint8Array) => Promise<Session<never>>) | null> {
  if (format === 'onnx') {
    const { openSession } = await import('./onnx/session.ts');
    return async (bytes) => (await openSession(bytes, 1)) as Session<never>;
  }
  if (format !== 'tflite') return null;
  const [{ openTflite }, { openTfliteSession }] = await Promise.all([
    import('./tflite/library.ts'),
    import('./tflite/session.ts'),
  ]);
  try {
    const library = openTflite(tflitePlaces(null));
    return async (bytes) => openTfliteSession(library, bytes, 1) as Session<never>;
  } catch {
    return null; // not on this machine: said with the answer
  }
}

const no = (error: string): { ok: false; error: string } => ({ ok: false, error });
