import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { copyFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../brand.ts';
import { type Artefact, FORMAT, FORMATS, type Format } from '../hardware/artefact.ts';
import type { ModelId } from '../hardware/unit.ts';
import type { WeightKind } from '../hardware/weight-kind.ts';
import type { Model } from './model.ts';
import { type Card, type FileCard, ID, modelCard } from './model-card.ts';
import { type Examined, examine } from './workshop.ts';
import { placeWhole, writeWhole } from './write-whole.ts';

// People's own models, and their further files of ours: DATA_DIR/models/<key>.json says what a model is, and its files lie
// beside it, <key>.onnx or <key>-<first 12 of sha256>.rknn. The key is the first file's sha256, so that no name comes from
// outside. A file without a card was cut off while it came in, and is swept at the next start.

const MOST_BYTES = 512 * 1024 ** 2;
const LONGEST_NAME = 80;
const LONGEST_LABEL = 100;

export interface StoredModel extends Model {
  readonly builtIn: boolean;
  /** False while the first file is still being written at the first start. */
  readonly ready: boolean;
  /** The first file: what the model is known by. */
  readonly file: string | null;
  readonly files: readonly Artefact[];
  /** How many classes it tells apart: as many labels as it may be given; 0 where no file says. */
  readonly classes: number;
  /** What most weights of the first file are stored as; null where it was not asked, or did not say. */
  readonly weights: WeightKind | null;
  /** ISO; null for those that are built in. */
  readonly addedAt: string | null;
}

/** A file on its way in: where it lies or what is in it, and what it should be. */
export interface Incoming {
  readonly source: string | Uint8Array;
  readonly format: Format;
}

export interface ModelShelf {
  list(): StoredModel[];
  add(id: string, name: string, incoming: Incoming): Promise<Result<StoredModel>>;
  /** A further file of a model, which may be one of ours. */
  addFile(model: StoredModel, incoming: Incoming): Promise<Result<StoredModel>>;
  removeFile(id: string, sha256: string): Promise<Result<StoredModel>>;
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
  /** `cardOf`: the card with the file on it, or why it may not be. */
  const bring = async (incoming: Incoming, cardOf: (found: Examined) => Result<Card>): Promise<Result<StoredModel>> => {
    const part = join(dir, `${process.pid}-${Date.now()}.part`);
    try {
      const came = await tryOut(incoming, part);
      if (!came.ok) return came;
      const { sha256 } = came.value;
      const same = [...cards.values()].find(({ files }) => files.some((file) => file.sha256 === sha256));
      if (same) return no(`this file is here already, as ${same.id}`);
      const one = cardOf(came.value);
      if (!one.ok) return one;
      await placeWhole(part, join(dir, fileName(one.value, came.value)));
      return await keep(one.value);
    } finally {
      await rm(part, { force: true });
    }
  };
  const known = (id: string): Result<Card> => {
    const one = cards.get(id);
    return one ? { ok: true, value: one } : no(`there is no model "${id}"`);
  };
  return {
    list: () => [...cards.values()].sort((a, b) => a.addedAt - b.addedAt).map(shown),
    add: (id, name, incoming) =>
      inLine(async () => {
        const taken = refuseName(id, name, cards);
        if (taken) return no(taken);
        return bring(incoming, (found) => ({ ok: true, value: newCard(id, name, found) }));
      }),
    addFile: (model, incoming) =>
      inLine(() =>
        bring(incoming, (found) => {
          const wrong = refuseFile(model, found);
          if (wrong) return no(wrong);
          const one = cards.get(model.id) ?? { ...newCard(model.id, model.name, found), files: [] };
          return { ok: true, value: { ...one, files: [...one.files, fileCard(found)] } };
        }),
      ),
    removeFile: (id, sha256) =>
      inLine(async () => {
        const one = known(id);
        if (!one.ok) return one;
        const gone = one.value.files.find((file) => file.sha256 === sha256);
        if (!gone) return no(`${id} has no such file`);
        const left = { ...one.value, files: one.value.files.filter((file) => file !== gone) };
        const kept = await keep(left);
        await rm(join(dir, fileName(one.value, gone)), { force: true });
        if (left.files.length === 0) await forget(left);
        return kept;
      }),
    setLabels: (id, labels) =>
      inLine(async () => {
        const one = known(id);
        if (!one.ok) return one;
        const wrong = refuseLabels(labels, one.value);
        return wrong ? no(wrong) : keep({ ...one.value, labels: [...labels] });
      }),
    remove: (id) =>
      inLine(async () => {
        const one = known(id);
        if (!one.ok) return one;
        await forget(one.value);
        return { ok: true, value: undefined };
      }),
  };
  async function forget(one: Card): Promise<void> {
    cards.delete(one.id);
    await rm(join(dir, `${one.sha256}.json`), { force: true });
    for (const file of one.files) await rm(join(dir, fileName(one, file)), { force: true });
  }
}

const no = (error: string): { ok: false; error: string } => ({ ok: false, error });

function refuseName(id: string, name: string, cards: ReadonlyMap<string, Card>): string | null {
  if (!ID.test(id))
    return 'a model’s id is 1 to 64 lower-case letters, digits, ".", "_" or "-", and begins with a letter or digit';
  if (name.trim() === '' || name.length > LONGEST_NAME) return `a model’s name has 1 to ${LONGEST_NAME} characters`;
  return cards.has(id) ? `there is already a model "${id}"` : null;
}

/** One network has one file of a kind, and all of them tell the same classes apart. */
function refuseFile({ id, classes, files }: StoredModel, found: Examined): string | null {
  const { format, precision } = found;
  if (files.some((file) => file.format === format && file.precision === precision))
    return `${id} has a ${FORMAT[format].ending} file in ${precision.toUpperCase()} already`;
  if (found.classes !== null && classes > 0 && found.classes !== classes)
    return `this file tells ${found.classes} classes apart, and ${id} ${classes}`;
  return null;
}

function refuseLabels(labels: readonly string[], { id, classes }: Card): string | null {
  if (classes > 0 && labels.length !== classes)
    return `${id} tells ${classes} classes apart, and here are ${labels.length} labels`;
  const long = labels.findIndex((label) => label.length > LONGEST_LABEL);
  return long < 0 ? null : `label ${long + 1} is longer than ${LONGEST_LABEL} characters`;
}

/** Copies it to where it can be tried, and has it tried. */
async function tryOut({ source, format }: Incoming, part: string): Promise<Result<Examined>> {
  const bytes = typeof source === 'string' ? (await stat(source)).size : source.length;
  if (bytes > MOST_BYTES) return no(`the file is larger than ${MOST_BYTES / 1024 ** 2} MB`);
  if (typeof source === 'string') await copyFile(source, part);
  else await writeFile(part, source);
  return examine(part, format);
}

const newCard = (id: string, name: string, found: Examined): Card => ({
  ...{ id, name: name.trim(), sha256: found.sha256, parameters: found.parameters ?? 0 },
  ...{ weights: found.weights, classes: found.classes ?? 0, labels: null, addedAt: Date.now() },
  files: [fileCard(found)],
});

const fileCard = ({ weights: _, height: __, width: ___, classes: ____, ...file }: Examined): FileCard => file;

const fileName = ({ sha256: key }: Pick<Card, 'sha256'>, { format, sha256 }: Pick<FileCard, 'format' | 'sha256'>) =>
  `${key}${sha256 === key ? '' : `-${sha256.slice(0, 12)}`}${FORMAT[format].ending}`;

function storedModel(dir: string, { addedAt, files, ...one }: Card): StoredModel {
  const artefacts = files.map((file) => ({ ...file, file: join(dir, fileName(one, file)) }));
  return {
    ...one,
    id: one.id as ModelId,
    addedAt: new Date(addedAt).toISOString(),
    trained: true,
    builtIn: false,
    ready: true,
    file: artefacts[0]?.file ?? null,
    files: artefacts,
  };
}

/** What is whole. An unreadable card is left where it is, with its model, for a person to look at. */
function readCards(dir: string): Card[] {
  for (const name of readdirSync(dir)) if (isRemnant(dir, name)) rmSync(join(dir, name), { force: true });
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readCard(join(dir, name)))
    .map((one) => ({ ...one, files: one.files.filter((file) => isFile(join(dir, fileName(one, file)))) }))
    .filter(({ files }) => files.length > 0);
}

function isRemnant(dir: string, name: string): boolean {
  if (name.endsWith('.part')) return true;
  const key = name.match(/^[0-9a-f]{64}/)?.[0] ?? name.replace(/[.-].*$/, '');
  return FORMATS.some((format) => name.endsWith(FORMAT[format].ending)) && !isFile(join(dir, `${key}.json`));
}

function readCard(file: string): Card[] {
  try {
    return [modelCard.parse(JSON.parse(readFileSync(file, 'utf8')))];
  } catch {
    return []; // not ours, or damaged
  }
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
