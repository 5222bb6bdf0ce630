import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Result } from '../brand.ts';
import { MOST_PIXELS } from '../hardware/computing/picture.ts';
import { openContentFolder } from './content-folder.ts';

export interface Picture {
  readonly sha256: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Shipped with the product, drawn by scripts/draw-samples.mjs. */
  readonly sample: boolean;
  readonly file: string;
  readonly type: 'image/png' | 'image/jpeg';
}

export interface PictureStore {
  /** The samples first, then people's by age. */
  list(): Picture[];
  find(sha256: string): Picture | undefined;
  /** A picture that is here already is not kept twice: the one that is here comes back. */
  add(bytes: Uint8Array, name: string): Promise<Result<Picture>>;
  remove(sha256: string): Promise<Result>;
}

const MOST_BYTES = 20 * 1024 ** 2;
const MOST_PICTURES = 1000;
const LONGEST_NAME = 80;
const SMALLEST_SIDE = 8;

const type = z.enum(['image/png', 'image/jpeg']);
const side = z.number().int().positive();
const card = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  width: side,
  height: side,
  type,
});
type Card = z.output<typeof card>;
const sampleCards = z.array(card.extend({ file: z.string().regex(/^[a-z0-9-]+\.(png|jpg)$/) }));
const ownCard = card.extend({ addedAt: z.number() });
type OwnCard = z.output<typeof ownCard>;

/** People's pictures: DATA_DIR/pictures/<sha256>, and beside each a .json that says what it is. */
export function openPictureStore(parts: { readonly dataDir: string; readonly samplesDir: string }): PictureStore {
  const samples = readSamples(parts.samplesDir);
  const own = openContentFolder(join(parts.dataDir, 'pictures'), ownCard);
  const shown = ({ addedAt: _, ...one }: OwnCard): Picture => ({ ...one, sample: false, file: own.fileOf(one.sha256) });
  const find = (sha256: string): Picture | undefined => {
    const one = own.find(sha256);
    return one ? shown(one) : samples.find((sample) => sample.sha256 === sha256);
  };
  return {
    list: () => [...samples, ...own.list().map(shown)],
    find,
    async add(bytes, name) {
      const looked = await examinePicture(bytes, name);
      if (!looked.ok) return looked;
      const here = find(looked.value.sha256);
      if (here) return { ok: true, value: here };
      if (own.list().length >= MOST_PICTURES)
        return { ok: false, error: `there are ${MOST_PICTURES} pictures here already` };
      const one: OwnCard = { ...looked.value, addedAt: Date.now() };
      await own.put(bytes, one);
      return { ok: true, value: shown(one) };
    },
    async remove(sha256) {
      const picture = find(sha256);
      if (!picture) return { ok: false, error: 'there is no such picture' };
      if (picture.sample) return { ok: false, error: `${picture.name} is a sample and stays` };
      await own.remove(sha256);
      return { ok: true, value: undefined };
    },
  };
}

/** Decodes the whole picture once: one that breaks half-way is found here, not in the middle of a run. */
export async function examinePicture(bytes: Uint8Array, name: string): Promise<Result<Card>> {
  const type = typeOf(bytes);
  if (type === null) return { ok: false, error: 'this is neither a PNG nor a JPEG picture' };
  if (bytes.length > MOST_BYTES) return { ok: false, error: `the picture is larger than ${MOST_BYTES / 1024 ** 2} MB` };
  try {
    const { default: sharp } = await import('sharp'); // 0.2 s that the server's start need not wait for
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { width, height } = (await image.metadata()).autoOrient;
    if (Math.min(width, height) < SMALLEST_SIDE)
      return {
        ok: false,
        error: `the picture is ${width} × ${height} pixels; ${SMALLEST_SIDE} × ${SMALLEST_SIDE} is the least`,
      };
    await image.stats();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { ok: true, value: { sha256, name: name.trim().slice(0, LONGEST_NAME) || 'Unnamed', width, height, type } };
  } catch (error) {
    return { ok: false, error: whyUnreadable(error) };
  }
}

const whyUnreadable = (error: unknown): string =>
  /pixel limit/i.test(String(error))
    ? `the picture has more than ${MOST_PIXELS / 1e6} million pixels`
    : 'the picture is damaged or cut short';

/** By its first bytes; what a file is called or says of itself counts for nothing. */
function typeOf(bytes: Uint8Array): Picture['type'] | null {
  const begins = (...magic: number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  return begins(0xff, 0xd8, 0xff) ? 'image/jpeg' : null;
}

function readSamples(dir: string): Picture[] {
  const cards = sampleCards.parse(JSON.parse(readFileSync(join(dir, 'samples.json'), 'utf8')));
  return cards.map((one) => ({ ...one, sample: true, file: join(dir, one.file) }));
}
