import type { Tensor } from 'onnxruntime-node';
import { pictureTensor } from './picture.ts';
import { tensorOf } from './session.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}
const USUAL: Size = { width: 224, height: 224 };

/** A run's pictures, decoded once for each size that a loaded network wants. */
export interface Inputs {
  /** Forgets the last run's. Throws a sentence for a picture that cannot be read. */
  prepare(files: readonly string[]): Promise<void>;
  /** Decodes for a network of this size, unless that is done. */
  fit(size: Size): Promise<void>;
  /** A run without pictures is given an empty one: its times are as true as any. */
  tensor(index: number, size: Size): Tensor;
}

export function createInputs(): Inputs {
  let files: readonly string[] = [];
  let bySize = new Map<string, Tensor[]>();
  const fit = async (size: Size) => {
    const key = `${size.width}x${size.height}`;
    if (bySize.has(key)) return;
    const tensors: Tensor[] = [];
    for (const [index, file] of files.entries()) tensors.push(tensorOf(await decode(file, index, size), size));
    bySize.set(key, tensors.length > 0 ? tensors : [tensorOf(new Float32Array(3 * size.width * size.height), size)]);
  };
  return {
    async prepare(next) {
      files = next;
      bySize = new Map();
      await fit(USUAL);
    },
    fit,
    tensor(index, size) {
      const tensors = bySize.get(`${size.width}x${size.height}`) ?? [];
      const tensor = tensors[files.length === 0 ? 0 : index];
      if (!tensor) throw new Error(`there is no picture ${index}; ${files.length} were prepared`);
      return tensor;
    },
  };
}

async function decode(file: string, index: number, size: Size): Promise<Float32Array> {
  try {
    return await pictureTensor(file, size);
  } catch (error) {
    throw new Error(`picture ${index + 1} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
