import { pictureTensor } from './picture.ts';
import type { Size } from './runtime.ts';

const USUAL: Size = { width: 224, height: 224 };

/** A run's pictures, decoded once for each size that a loaded network wants. */
export interface Inputs<Picture> {
  /** Forgets the last run's. Throws a sentence for a picture that cannot be read. */
  prepare(files: readonly string[]): Promise<void>;
  /** Decodes for a network of this size, unless that is done. */
  fit(size: Size): Promise<void>;
  /** A run without pictures is given an empty one: its times are as true as any. */
  picture(index: number, size: Size): Picture;
}

/** `made`: planes of normalised floats as the unit's library takes them. */
export function createInputs<Picture>(made: (planes: Float32Array, size: Size) => Picture): Inputs<Picture> {
  let files: readonly string[] = [];
  let bySize = new Map<string, Picture[]>();
  const fit = async (size: Size) => {
    const key = `${size.width}x${size.height}`;
    if (bySize.has(key)) return;
    const pictures: Picture[] = [];
    for (const [index, file] of files.entries()) pictures.push(made(await decode(file, index, size), size));
    bySize.set(key, pictures.length > 0 ? pictures : [made(new Float32Array(3 * size.width * size.height), size)]);
  };
  return {
    async prepare(next) {
      files = next;
      bySize = new Map();
      await fit(USUAL);
    },
    fit,
    picture(index, size) {
      const pictures = bySize.get(`${size.width}x${size.height}`) ?? [];
      const picture = pictures[files.length === 0 ? 0 : index];
      if (picture === undefined) throw new Error(`there is no picture ${index}; ${files.length} were prepared`);
      return picture;
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
