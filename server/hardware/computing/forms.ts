import { channelsLast } from '../tflite/channels-last.ts';
import { pixelsOf } from './picture.ts';

/** One picture in each of the ways in which accelerators take theirs; each is made when it is first asked for, and kept. */
export interface Forms {
  /** Normalised floats, one plane per channel (NCHW). */
  readonly planes: Float32Array;
  /** Normalised floats, pixel by pixel (NHWC). */
  interleaved(): Float32Array;
  /** Bytes, pixel by pixel, as they were before they were normalised: for networks that do that themselves. */
  pixels(): Uint8Array;
}

export function formsOf(planes: Float32Array): Forms {
  let interleaved: Float32Array | null = null;
  let pixels: Uint8Array | null = null;
  return {
    planes,
    interleaved() {
      interleaved ??= channelsLast(planes, 1, 3);
      return interleaved;
    },
    pixels() {
      pixels ??= pixelsOf(planes);
      return pixels;
    },
  };
}
