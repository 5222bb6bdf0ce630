import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './product.ts';

// What is drawn, beside how it was drawn when somebody last looked and found it good. Pictures are kept small and grey: a font's edges may
// differ from machine to machine, a lane, a card or a mark may not. With KEEP_PICTURES=1 a test keeps what is drawn now.

const WIDE = 250;
/** Of 255 shades: the mean over the picture, and over its worst cell of 10 × 10. */
const MOST_MEAN = 1.5;
const MOST_CELL = 22;
const CELL = 10;

export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly shades: Uint8Array;
}

export async function greyOf(png: Buffer | string, wide = WIDE): Promise<Grey> {
  const { data, info } = await sharp(png)
    .resize({ width: wide })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, shades: data };
}

/** `name`: of the file in pictures/. */
export async function compare(seen: Grey, name: string): Promise<void> {
  const file = join(root, 'server/test/pictures', `${name}.png`);
  if (process.env.KEEP_PICTURES) {
    const { width, height, shades } = seen;
    writeFileSync(
      file,
      await sharp(shades, { raw: { width, height, channels: 1 } })
        .png({ compressionLevel: 9 })
        .toBuffer(),
    );
  }
  const kept = await greyOf(file, seen.width);
  assert.deepEqual([seen.width, seen.height], [kept.width, kept.height], name);
  const { mean, worst } = difference(seen, kept);
  assert.ok(mean <= MOST_MEAN, `${name}: ${mean.toFixed(2)} shades on average`);
  assert.ok(worst <= MOST_CELL, `${name}: ${worst.toFixed(1)} shades in the cell that differs most`);
}

function difference(a: Grey, b: Grey): { readonly mean: number; readonly worst: number } {
  const cells = new Map<number, { sum: number; count: number }>();
  let sum = 0;
  for (let at = 0; at < a.shades.length; at++) {
    const off = Math.abs(a.shades[at]! - b.shades[at]!); // both of one size
    sum += off;
    const key = Math.floor(Math.floor(at / a.width) / CELL) * a.width + Math.floor((at % a.width) / CELL);
    const cell = cells.get(key) ?? { sum: 0, count: 0 };
    cell.sum += off;
    cell.count++;
    cells.set(key, cell);
  }
  return {
    mean: sum / a.shades.length,
    worst: Math.max(...[...cells.values()].map((cell) => cell.sum / cell.count)),
  };
}
