// Draws the eight pictures that come with the product, into public/samples, and lists them in samples.json.
//   node scripts/draw-samples.mjs
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { cat, cup, leaf, locomotive, marble, signals, switchyard, waves } from './sample-drawings.mjs';

const dir = join(dirname(fileURLToPath(import.meta.url)), '../public/samples');
const LARGEST = 60_000;

/** File → name, size and drawing. Soft pictures are JPEG, flat ones PNG with a palette. */
const SAMPLES = {
  'switchyard.jpg': ['Switchyard at dusk', 640, 480, switchyard],
  'signals.png': ['Signal lamps', 400, 520, signals],
  'locomotive.png': ['Locomotive', 640, 400, locomotive],
  'leaf.jpg': ['Leaf', 480, 480, leaf],
  'cup.png': ['Cup of coffee', 480, 480, cup],
  'waves.png': ['Waves', 560, 400, waves],
  'cat.png': ['Cat', 480, 480, cat],
  'marble.jpg': ['Marble on a chequered floor', 600, 450, marble],
};

mkdirSync(dir, { recursive: true });
const cards = [];
for (const [file, [name, width, height, draw]] of Object.entries(SAMPLES)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${draw(width, height)}</svg>`;
  const image = sharp(Buffer.from(svg)).flatten({ background: '#fff' });
  const jpeg = file.endsWith('.jpg');
  const bytes = await (jpeg
    ? image.jpeg({ quality: 84 })
    : image.png({ palette: true, colours: 96, effort: 10 })
  ).toBuffer();
  if (bytes.length > LARGEST) throw new Error(`${file} has ${bytes.length} bytes, ${LARGEST} is the most`);
  writeFileSync(join(dir, file), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  cards.push({ file, name, sha256, width, height, type: jpeg ? 'image/jpeg' : 'image/png' });
  console.error(`${file}  ${bytes.length} bytes`);
}
writeFileSync(join(dir, 'samples.json'), `${JSON.stringify(cards, null, 2)}\n`);
