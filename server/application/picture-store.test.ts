import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { openPictureStore } from './picture-store.ts';

const samplesDir = fileURLToPath(new URL('../../public/samples', import.meta.url));

function folder(t: { after(call: () => void): void }): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-pictures-'));
  t.after(() => rmSync(dataDir, { recursive: true }));
  return dataDir;
}
const drawn = (format: 'png' | 'jpeg' | 'webp', width = 40) =>
  sharp({ create: { width, height: 30, channels: 3, background: '#3366cc' } })
    .toFormat(format)
    .toBuffer();

test('eight samples are shipped, each what its list says, small, and at least one a JPEG', async (t) => {
  const samples = openPictureStore({ dataDir: folder(t), samplesDir }).list();
  assert.equal(samples.length, 8);
  for (const sample of samples) {
    const bytes = readFileSync(sample.file);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sample.sha256, sample.name);
    const { width, height, format } = await sharp(bytes).metadata();
    assert.deepEqual([width, height, `image/${format}`], [sample.width, sample.height, sample.type], sample.name);
    assert.ok(bytes.length < 60_000, sample.name);
  }
  assert.ok(samples.some((sample) => sample.type === 'image/jpeg'));
});

test('an added picture is there after a restart, and gone after it is removed', async (t) => {
  const dataDir = folder(t);
  const bytes = await drawn('png');
  const added = await openPictureStore({ dataDir, samplesDir }).add(bytes, ' A blue one ');
  assert.ok(added.ok);
  const again = openPictureStore({ dataDir, samplesDir });
  assert.deepEqual(again.find(added.value.sha256), added.value);
  assert.deepEqual([added.value.name, added.value.width, added.value.sample], ['A blue one', 40, false]);
  assert.deepEqual(readFileSync(added.value.file), bytes);
  assert.deepEqual(await again.remove(added.value.sha256), { ok: true, value: undefined });
  assert.equal(again.find(added.value.sha256), undefined);
  assert.deepEqual(readdirSync(join(dataDir, 'pictures')), []);
});

test('the same picture twice is one picture', async (t) => {
  const store = openPictureStore({ dataDir: folder(t), samplesDir });
  const bytes = await drawn('jpeg');
  const [first, second] = [await store.add(bytes, 'one'), await store.add(bytes, 'two')];
  assert.deepEqual(first, second);
  assert.equal(store.list().length, 9);
});

test('what is not a whole PNG or JPEG is refused in one sentence and leaves nothing behind', async (t) => {
  const dataDir = folder(t);
  const store = openPictureStore({ dataDir, samplesDir });
  const png = await sharp(join(samplesDir, 'cat.png')).resize(400).png().toBuffer();
  const jpeg = await sharp(join(samplesDir, 'cat.png')).jpeg().toBuffer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const refusals: [string, Uint8Array, RegExp][] = [
    ['text', Buffer.from('hello'), /neither a PNG nor a JPEG/],
    ['nothing', new Uint8Array(), /neither a PNG nor a JPEG/],
    ['a WebP', await drawn('webp'), /neither a PNG nor a JPEG/],
    ['an SVG', svg, /neither a PNG nor a JPEG/],
    ['half a PNG', png.subarray(0, png.length / 2), /damaged or cut short/],
    ['half a JPEG', jpeg.subarray(0, jpeg.length / 2), /damaged or cut short/],
    ['a PNG’s first bytes', png.subarray(0, 8), /damaged or cut short/],
    ['a sliver', await drawn('png', 3), /3 × 30 pixels; 8 × 8 is the least/],
    ['21 MB', Buffer.concat([png, Buffer.alloc(21 * 1024 ** 2)]), /larger than 20 MB/],
  ];
  for (const [what, bytes, sentence] of refusals) {
    const result = await store.add(bytes, what);
    assert.ok(!result.ok, what);
    assert.match(result.error, sentence, what);
  }
  assert.deepEqual(readdirSync(join(dataDir, 'pictures')), []);
});

test('a small file that unfolds into too many pixels is refused', async (t) => {
  const store = openPictureStore({ dataDir: folder(t), samplesDir });
  const bomb = await sharp({ create: { width: 9000, height: 6000, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const result = await store.add(bomb, 'bomb');
  assert.deepEqual(result, { ok: false, error: 'the picture has more than 50 million pixels' });
});

test('a sample stays', async (t) => {
  const store = openPictureStore({ dataDir: folder(t), samplesDir });
  const sample = store.list()[0];
  assert.ok(sample);
  assert.deepEqual(await store.remove(sample.sha256), { ok: false, error: `${sample.name} is a sample and stays` });
  assert.ok(existsSync(sample.file));
});

test('what was cut off while it came in is swept at the next start', (t) => {
  const dataDir = folder(t);
  openPictureStore({ dataDir, samplesDir });
  for (const name of ['a'.repeat(64), 'x.part']) writeFileSync(join(dataDir, 'pictures', name), 'half');
  openPictureStore({ dataDir, samplesDir });
  assert.deepEqual(readdirSync(join(dataDir, 'pictures')), []);
});

test('the same picture brought by several people at once is one picture, for all of them', async (t) => {
  const dataDir = folder(t);
  const store = openPictureStore({ dataDir, samplesDir });
  const bytes = await drawn('png', 44);
  const added = await Promise.all([1, 2, 3, 4, 5].map((person) => store.add(bytes, `By ${person}`)));
  assert.equal(new Set(added.map((one) => one.ok && one.value.sha256)).size, 1);
  assert.equal(store.list().filter((picture) => !picture.sample).length, 1);
  assert.ok(readdirSync(join(dataDir, 'pictures')).every((name) => !name.endsWith('.part')));
});
