import { mkdirSync } from 'node:fs';
import type { Result } from '../brand.ts';
import type { Artefact, Format } from '../hardware/artefact.ts';
import { cachedFile, isCached } from '../hardware/onnx/network-cache.ts';
import {
  FIRST_KIND,
  type FileKind,
  filesOf,
  kindOf,
  NETWORKS,
  type Network,
  type NetworkFile,
} from '../hardware/onnx/networks.ts';
import type { ModelId } from '../hardware/unit.ts';
import { openModelShelf, type StoredModel } from './model-shelf.ts';
import { writeNetworks } from './workshop.ts';

export type { StoredModel } from './model-shelf.ts';

export interface ModelStore {
  /** The built-in ones first, then people's by age. */
  list(): StoredModel[];
  /** When the built-in models are there in every kind that is wanted; rejects with a sentence when they cannot be written. */
  readonly ready: Promise<void>;
  /** Called after each change; returns what takes the listener away again. */
  onChange(listener: () => void): () => void;
  /** Of a file, the store takes a copy: whoever received it removes it. */
  add(id: string, name: string, source: string | Uint8Array, format?: Format): Promise<Result<StoredModel>>;
  /** A further file of the same network, for units that read another format. */
  addFile(id: string, source: string | Uint8Array, format: Format): Promise<Result<StoredModel>>;
  removeFile(id: string, sha256: string): Promise<Result>;
  setLabels(id: string, labels: readonly string[]): Promise<Result<StoredModel>>;
  remove(id: string): Promise<Result>;
}

export function openModelStore(parts: {
  readonly cacheDir: string;
  readonly dataDir: string;
  /** Kinds of the built-in models' files that some unit here reads, beside the first. */
  readonly kinds?: readonly FileKind[];
}): ModelStore {
  const { cacheDir } = parts;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const shelf = openModelShelf(parts.dataDir);
  const kinds = [...new Set([FIRST_KIND, ...(parts.kinds ?? [])])];
  const here = new Set(
    NETWORKS.flatMap((network) =>
      filesOf(network)
        .filter((file) => isCached(cacheDir, network, file))
        .map((file) => keyOf(network.id, kindOf(file))),
    ),
  );
  const written = (id: string, kind: string) => {
    if (here.has(keyOf(id, kind))) return;
    here.add(keyOf(id, kind));
    changed();
  };
  const missing = kinds.filter((kind) => NETWORKS.some(({ id }) => !here.has(keyOf(id, kind))));
  const ready = missing.length === 0 ? Promise.resolve() : write(cacheDir, missing, written);
  ready.catch(() => {}); // whoever awaits it hears of it; nobody has to
  const list = (): StoredModel[] => {
    const own = shelf.list();
    const more = (id: string) => own.find((one) => one.id === id)?.files ?? [];
    const builtIn = NETWORKS.map((network) => stored(network, cacheDir, here, more(network.id)));
    return [...builtIn, ...own.filter((one) => !networkOf(one.id))];
  };
  const noBuiltIn = (id: string, what: string): Result | null => {
    const network = networkOf(id);
    return network ? { ok: false, error: `${network.name} is built in and ${what}` } : null;
  };
  const after = <T>(result: Result<T>): Result<T> => {
    if (result.ok) changed();
    return result;
  };
  return {
    list,
    ready,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async add(id, name, source, format = 'onnx') {
      return refused(noBuiltIn(id, 'keeps its name')) ?? after(await shelf.add(id, name, { source, format }));
    },
    async addFile(id, source, format) {
      const model = list().find((one) => one.id === id);
      if (!model) return { ok: false, error: `there is no model "${id}"` };
      const added = after(await shelf.addFile(model, { source, format }));
      return added.ok ? { ok: true, value: list().find((one) => one.id === id) ?? added.value } : added;
    },
    async removeFile(id, sha256) {
      const model = list().find((one) => one.id === id);
      const network = networkOf(id);
      if (network && filesOf(network).some((file) => file.sha256 === sha256))
        return { ok: false, error: `${network.name} is built in and keeps its own files` };
      if (model && !network && model.sha256 === sha256)
        return { ok: false, error: `this is the file that ${id} is known by; remove the model instead` };
      const removed = after(await shelf.removeFile(id, sha256));
      return removed.ok ? { ok: true, value: undefined } : removed;
    },
    async setLabels(id, labels) {
      const why = 'has random weights: labels would name nothing';
      return refused(noBuiltIn(id, why)) ?? after(await shelf.setLabels(id, labels));
    },
    async remove(id) {
      return noBuiltIn(id, 'stays') ?? after(await shelf.remove(id));
    },
  };
}

const refused = (result: Result | null) => (result && !result.ok ? result : null);
const networkOf = (id: string): Network | undefined => NETWORKS.find((one) => one.id === id);
const keyOf = (id: string, kind: string): string => `${id} ${kind}`;

/** The kinds in their order: the first is the one that a person waits for. */
async function write(
  cacheDir: string,
  kinds: readonly FileKind[],
  written: (id: string, kind: string) => void,
): Promise<void> {
  mkdirSync(cacheDir, { recursive: true });
  await writeNetworks(cacheDir, kinds, written);
}

/** `more`: files that people added, which units read beside ours. */
function stored(network: Network, cacheDir: string, here: ReadonlySet<string>, more: readonly Artefact[]): StoredModel {
  const ready = here.has(keyOf(network.id, FIRST_KIND));
  const own = filesOf(network).map((file) =>
    artefactOf(network, file, here.has(keyOf(network.id, kindOf(file))) ? cachedFile(cacheDir, network, file) : null),
  );
  return {
    id: network.id as ModelId,
    name: network.name,
    parameters: network.parameters,
    classes: network.classes,
    weights: 'fp32',
    addedAt: null,
    trained: false,
    sha256: ready ? network.sha256 : null,
    labels: null,
    builtIn: true,
    ready,
    file: ready ? cachedFile(cacheDir, network) : null,
    files: [...own, ...more],
  };
}

function artefactOf(network: Network, file: NetworkFile, path: string | null): Artefact {
  const { format, precision, parameters, sha256 } = file;
  const type = format === 'tflite' && precision === 'int8' ? 'int8' : 'float32';
  const shape = format === 'onnx' ? [1, 3, 224, 224] : [1, 224, 224, 3];
  return {
    ...{ format, precision, parameters, originalParameters: network.parameters, tried: true },
    sha256: path === null ? null : sha256,
    file: path,
    inputs: [{ name: 'input', type, shape }],
    outputs: [{ name: 'logits', type, shape: [1, network.classes] }],
  };
}
