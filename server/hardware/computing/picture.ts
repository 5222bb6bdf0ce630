/** Mean and spread of ImageNet's pictures, red, green, blue: what networks trained on it expect to be subtracted. */
const MEAN = [0.485, 0.456, 0.406] as const;
const SPREAD = [0.229, 0.224, 0.225] as const;
/** 50 megapixels: a large camera's picture; beyond it lies the decompression bomb. */
export const MOST_PIXELS = 50_000_000;

/** Decodes a PNG or JPEG file into what a network reads: covering crop, then three planes of normalised floats (NCHW). */
export async function pictureTensor(
  file: string,
  { width, height }: { readonly width: number; readonly height: number } = { width: 224, height: 224 },
): Promise<Float32Array> {
  const { default: sharp } = await import('sharp'); // 0.2 s that a unit's start need not wait for
  const pixels = await sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    .autoOrient()
    .resize(width, height, { fit: 'cover' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return normalise(pixels, width * height);
}

function normalise(pixels: Uint8Array, area: number): Float32Array {
  const tensor = new Float32Array(3 * area);
  for (const [channel, mean] of MEAN.entries()) {
    const spread = SPREAD[channel]!; // as long as MEAN
    for (let i = 0; i < area; i++) tensor[channel * area + i] = (pixels[i * 3 + channel]! / 255 - mean) / spread; // 3 bytes per pixel
  }
  return tensor;
}

/** What `pictureTensor` was made from: red, green, blue of each pixel in turn, for networks that normalise by themselves. */
export function pixelsOf(planes: Float32Array): Uint8Array {
  const area = planes.length / 3;
  const pixels = new Uint8Array(planes.length);
  for (const [channel, mean] of MEAN.entries()) {
    const spread = SPREAD[channel]!; // as long as MEAN
    for (let i = 0; i < area; i++)
      pixels[i * 3 + channel] = Math.min(
        255,
        Math.max(0, Math.round((planes[channel * area + i]! * spread + mean) * 255)),
      ); // 3 · area long
  }
  return pixels;
}
