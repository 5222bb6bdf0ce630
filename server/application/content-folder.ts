import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { writeWhole } from './write-whole.ts';

/** What is known of a content beside its bytes. */
interface Card {
  readonly sha256: string;
  readonly addedAt: number;
}

/** What people brought, by the hash of its bytes: `<sha256>`, and beside each a .json that says what it is. */
export interface ContentFolder<C extends Card> {
  /** The oldest first. */
  list(): C[];
  find(sha256: string): C | undefined;
  fileOf(sha256: string): string;
  put(bytes: Uint8Array, card: C): Promise<void>;
  remove(sha256: string): Promise<void>;
}

/** What was cut off while it came in is swept. */
export function openContentFolder<C extends Card>(dir: string, schema: z.ZodType<C>): ContentFolder<C> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const fileOf = (sha256: string) => join(dir, sha256);
  const cardOf = (sha256: string) => join(dir, `${sha256}.json`);
  const held = new Map(readCards(dir, schema).map((card) => [card.sha256, card]));
  return {
    list: () => [...held.values()].sort((a, b) => a.addedAt - b.addedAt),
    find: (sha256) => held.get(sha256),
    fileOf,
    async put(bytes, card) {
      await writeWhole(fileOf(card.sha256), bytes);
      await writeWhole(cardOf(card.sha256), JSON.stringify(card));
      held.set(card.sha256, card);
    },
    async remove(sha256) {
      held.delete(sha256);
      for (const file of [cardOf(sha256), fileOf(sha256)]) await rm(file, { force: true });
    },
  };
}

function readCards<C extends Card>(dir: string, schema: z.ZodType<C>): C[] {
  for (const name of readdirSync(dir)) if (isRemnant(dir, name)) rmSync(join(dir, name), { force: true });
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readCard(join(dir, name), schema))
    .filter((card) => isFile(join(dir, card.sha256)));
}

const isRemnant = (dir: string, name: string): boolean =>
  name.endsWith('.part') || (/^[0-9a-f]{64}$/.test(name) && !isFile(join(dir, `${name}.json`)));

function readCard<C extends Card>(file: string, schema: z.ZodType<C>): C[] {
  try {
    return [schema.parse(JSON.parse(readFileSync(file, 'utf8')))];
  } catch {
    return []; // not ours, or damaged: left for a person to look at
  }
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
