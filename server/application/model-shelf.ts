import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { copyFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Result } from '../brand.ts';
import type { ModelId } from '../hardware/unit.ts';
import type { Model } from './model.ts';
import { type Examined, examine } from './workshop.ts';

// People's own models: DATA_DIR/models/<sha256>.onnx, and beside each a .json that says what it is. A file's name is never
// taken from outside. A .onnx without one was cut off while it came in, and is swept at the next start.

const MOST_BYTES = 512 * 1024 ** 2;
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const LONGEST_NAME = 80;
const LONGEST_LABEL = 100;

const card = z.object({
  id: z.string().regex(ID),
  name: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parameters: z.number().int().nonnegative(),
  classes: z.number().int().positive(),
  labels: z.array(z.string()).nullable(),
  addedAt: z.number(),
});
type Card = z.output<typeof card>;

export interface StoredModel extends Model {
  readonly builtIn: boolean;
  /** False while the file is still being written at the first start. */
  readonly ready: boolean;
  readonly file: string | null;
  /** How many classes it tells apart: as many labels as it may be given. */
  readonly classes: number;
}

export interface ModelShelf {
  list(): StoredModel[];
  add(id: string, name: string, source: string | Uint8Array): Promise<Result<StoredModel>>;
  setLabels(id: string, labels: readonly string[]): Promise<Result<StoredModel>>;
  remove(id: string): Promise<Result>;
}

export function openModelShelf(dataDir: string): ModelShelf {
  const dir = join(dataDir, 'models');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const cards = new Map(readCards(dir).map((one) => [one.id, one]));
  const shown = (one: Card) => storedModel(dir, one);
  const keep = async (one: Card): Promise<Result<StoredModel>> => {
    await writeWhole(join(dir, `${one.sha256}.json`), JSON.stringify(one));
    cards.set(one.id, one);
    return { ok: true, value: shown(one) };
  };
  /** Two uploads of one name at once: the second waits, and is then told that the name is taken. */
  let line: Promise<unknown> = Promise.resolve();
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const next = line.then(work);
    line = next.catch(() => {});
    return next;
  };
  const add = async (id: string, name: string, source: string | Uint8Array): Promise<Result<StoredModel>> => {
    const taken = refuseName(id, name, cards);
    if (taken) return { ok: false, error: taken };
    const part = join(dir, `${process.pid}-${Date.now()}.part`);
    try {
      const came = await bring(source, part);
      if (!came.ok) return came;
      const same = [...cards.values()].find((one) => one.sha256 === came.value.sha256);
      if (same) return { ok: false, error: `this file is here already, as ${same.id}` };
      await rename(part, join(dir, `${came.value.sha256}.onnx`));
      return await keep(newCard(id, name, came.value));
    } finally {
      await rm(part, { force: true });
    }
  };
  return {
    list: () => [...cards.values()].sort((a, b) => a.addedAt - b.addedAt).map(shown),
    add: (id, name, source) => inLine(() => add(id, name, source)),
    setLabels: (id, labels) =>
      inLine(async () => {
        const one = cards.get(id);
        if (!one) return { ok: false, error: `there is no model "${id}"` };
        const wrong = refuseLabels(labels, one);
        return wrong ? { ok: false, error: wrong } : keep({ ...one, labels: [...labels] });
      }),
    remove: (id) =>
      inLine(async () => {
        const one = cards.get(id);
        if (!one) return { ok: false, error: `there is no model "${id}"` };
        cards.delete(id);
        for (const end of ['json', 'onnx']) await rm(join(dir, `${one.sha256}.${end}`), { force: true });
        return { ok: true, value: undefined };
      }),
  };
}

function refuseName(id: string, name: string, cards: ReadonlyMap<string, Card>): string | null {
  if (!ID.test(id))
    return 'a model’s id is 1 to 64 lower-case letters, digits, ".", "_" or "-", and begins with a letter or digit';
  if (name.trim() === '' || name.length > LONGEST_NAME) return `a model’s name has 1 to ${LONGEST_NAME} characters`;
  return cards.has(id) ? `there is already a model "${id}"` : null;
}

function refuseLabels(labels: readonly string[], { id, classes }: Card): string | null {
  if (labels.length !== classes) return `${id} tells ${classes} classes apart, and here are ${labels.length} labels`;
  const long = labels.findIndex((label) => label.length > LONGEST_LABEL);
  return long < 0 ? null : `label ${long + 1} is longer than ${LONGEST_LABEL} characters`;
}

/** Copies it to where it can be tried, and has it tried. */
async function bring(source: string | Uint8Array, part: string): Promise<Result<Examined>> {
  const bytes = typeof source === 'string' ? (await stat(source)).size : source.length;
  if (bytes > MOST_BYTES) return { ok: false, error: `the file is larger than ${MOST_BYTES / 1024 ** 2} MB` };
  if (typeof source === 'string') await copyFile(source, part);
  else await writeFile(part, source, { flush: true });
  return examine(part);
}

const newCard = (id: string, name: string, { sha256, parameters, classes }: Examined): Card => ({
  id,
  name: name.trim(),
  sha256,
  parameters,
  classes,
  labels: null,
  addedAt: Date.now(),
});

function storedModel(dir: string, { addedAt: _, ...one }: Card): StoredModel {
  const file = join(dir, `${one.sha256}.onnx`);
  return { ...one, id: one.id as ModelId, trained: true, builtIn: false, ready: true, file };
}

async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text, { flush: true, mode: 0o600 });
  await rename(`${file}.part`, file);
}

/** What is whole. An unreadable card is left where it is, with its model, for a person to look at. */
function readCards(dir: string): Card[] {
  for (const name of readdirSync(dir)) if (isRemnant(dir, name)) rmSync(join(dir, name), { force: true });
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readCard(join(dir, name)))
    .filter((one) => isFile(join(dir, `${one.sha256}.onnx`)));
}

const isRemnant = (dir: string, name: string): boolean =>
  name.endsWith('.part') || (name.endsWith('.onnx') && !isFile(join(dir, name.replace(/onnx$/, 'json'))));

function readCard(file: string): Card[] {
  try {
    return [card.parse(JSON.parse(readFileSync(file, 'utf8')))];
  } catch {
    return []; // not ours, or damaged
  }
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
