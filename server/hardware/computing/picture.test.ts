import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp, { type Color, type Sharp } from 'sharp';
import { pictureTensor, pixelsOf } from './picture.ts';

const dir = mkdtempSync(join(tmpdir(), 'switchyard-tensor-'));
process.on('exit', () => rmSync(dir, { recursive: true }));

const AREA = 224 * 224;
const close = (is: number | undefined, should: number) =>
  assert.ok(Math.abs((is ?? Number.NaN) - should) < 1e-5, `${is}, expected ${should}`);
const file = async (name: string, picture: Sharp) => {
  await picture.png().toFile(join(dir, name));
  return join(dir, name);
};
const plain = (width: number, height: number, background: Color, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background } });

test('one colour becomes three planes: (value / 255 − mean) / spread of red, green, blue', async () => {
  const tensor = await pictureTensor(await file('plain.png', plain(224, 224, { r: 255, g: 128, b: 0 })));
  assert.equal(tensor.length, 3 * AREA);
  close(tensor[0], (1 - 0.485) / 0.229);
  close(tensor[AREA], (128 / 255 - 0.456) / 0.224);
  close(tensor[2 * AREA], (0 - 0.406) / 0.225);
  close(tensor[AREA - 1], (1 - 0.485) / 0.229);
});

test('pixels keep their places, row by row', async () => {
  const pixels = Buffer.alloc(AREA * 3);
  pixels[(5 * 224 + 7) * 3 + 1] = 255; // row 5, column 7, green
  const raw = { width: 224, height: 224, channels: 3 as const };
  const tensor = await pictureTensor(await file('dot.png', sharp(pixels, { raw })));
  close(tensor[AREA + 5 * 224 + 7], (1 - 0.456) / 0.224);
  close(tensor[5 * 224 + 7], -0.485 / 0.229);
  close(tensor[AREA + 7 * 224 + 5], -0.456 / 0.224);
});

test('a wide picture is cut to its middle, not squeezed', async () => {
  const red = await plain(100, 200, { r: 255, g: 0, b: 0 }).png().toBuffer();
  const wide = plain(400, 200, { r: 0, g: 0, b: 255 }).composite([{ input: red, left: 0, top: 0 }]);
  const tensor = await pictureTensor(await file('wide.png', wide));
  const redAt = (column: number) => tensor[100 * 224 + column];
  close(redAt(3), -0.485 / 0.229); // the red quarter lies outside the middle square
  close(redAt(220), -0.485 / 0.229);
});

test('grey and transparent pictures have three channels too, and white shines through', async () => {
  const grey = await pictureTensor(await file('grey.png', plain(30, 30, '#808080').toColourspace('b-w')));
  close(grey[0], (128 / 255 - 0.485) / 0.229);
  close(grey[2 * AREA], (128 / 255 - 0.406) / 0.225);
  const clear = await pictureTensor(await file('clear.png', plain(30, 30, { r: 0, g: 0, b: 0, alpha: 0 }, 4)));
  close(clear[0], (1 - 0.485) / 0.229);
});

test('another size is asked for by networks that want one', async () => {
  const tensor = await pictureTensor(await file('small.png', plain(50, 50, '#ffffff')), { width: 16, height: 8 });
  assert.equal(tensor.length, 3 * 16 * 8);
});

test('a broken file is an error, not a grey picture', async () => {
  const whole = await plain(300, 300, '#12ab34').png().toBuffer();
  writeFileSync(join(dir, 'half.png'), whole.subarray(0, whole.length / 2));
  await assert.rejects(pictureTensor(join(dir, 'half.png')));
});

test('the pixels of a picture come back out of its planes, every value of them', async () => {
  const pixels = Buffer.from(Array.from({ length: 3 * 256 }, (_, i) => (i * 7) % 256));
  const raw = { width: 16, height: 16, channels: 3 as const };
  const tensor = await pictureTensor(await file('all.png', sharp(pixels, { raw })), { width: 16, height: 16 });
  assert.deepEqual(Buffer.from(pixelsOf(tensor)), pixels);
  assert.deepEqual([...pixelsOf(Float32Array.of(99, -99, 0))], [255, 0, Math.round(0.406 * 255)]);
});
