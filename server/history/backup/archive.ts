import * as z from 'zod';

// A backup is a tar of plain files: manifest.json, switchyard.db, what people brought, and last SHA256SUMS, as sha256sum writes
// and checks them.

export const MANIFEST = 'manifest.json';
export const SUMS = 'SHA256SUMS';
export const DATABASE = 'switchyard.db';
/** Folders of the data folder with what people brought, by digest; each file with a card that says what it is. */
export const FOLDERS = ['models', 'pictures', 'traces'] as const;

/** All that may be in a backup. No name leads out of its folder. */
const MEMBER =
  /^(?:manifest\.json|SHA256SUMS|switchyard\.db|(?:models|pictures|traces)\/[A-Za-z0-9][A-Za-z0-9._-]{0,120})$/;

export const isMember = (name: string): boolean => MEMBER.test(name) && !name.endsWith('.part');

export const FORMAT = 1;
const count = z.number().int().nonnegative();

/** What a backup says of itself. */
export const manifest = z.object({
  product: z.literal('switchyard'),
  format: count,
  /** Of the product. */
  version: z.string().max(80),
  host: z.string().max(300),
  createdAt: z.iso.datetime(),
  /** Of the database, the oldest first. */
  migrations: z.array(z.string().max(200)).min(1).max(1000),
  ...{ experiments: count, runs: count, models: count, pictures: count, traces: count },
});
export type Manifest = z.output<typeof manifest>;

/** As `sha256sum` writes them. */
export const sumsText = (sums: ReadonlyMap<string, string>): string =>
  [...sums].map(([name, sha256]) => `${sha256}  ${name}\n`).join('');

/** null: this is no list of digests. */
export function readSums(text: string): Map<string, string> | null {
  const lines = text.split('\n').filter(Boolean);
  const read = lines.map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line));
  if (read.some((line) => line === null)) return null;
  return new Map(read.map((line) => [line?.[2] ?? '', line?.[1] ?? '']));
}
