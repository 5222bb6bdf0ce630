import { mkdirSync } from 'node:fs';
import type { Result } from '../brand.ts';
import { cachedFile, isCached } from '../hardware/onnx/network-cache.ts';
import { NETWORKS, type Network } from '../hardware/onnx/networks.ts';
import type { ModelId } from '../hardware/unit.ts';
import { openModelShelf, type StoredModel } from './model-shelf.ts';
import { writeNetworks } from './workshop.ts';

export type { StoredModel } from './model-shelf.ts';

export interface ModelStore {
  /** The built-in ones first, then people's by age. */
  list(): StoredModel[];
  /** When the built-in models are there; rejects with a sentence when they cannot be written. */
  readonly ready: Promise<void>;
  /** Called after each change; returns what takes the listener away again. */
  onChange(listener: () => void): () => void;
  /** Of a file, the store takes a copy: whoever received it removes it. */
  add(id: string, name: string, source: string | Uint8Array): Promise<Result<StoredModel>>;
  setLabels(id: string, labels: readonly string[]): Promise<Result<StoredModel>>;
  remove(id: string): Promise<Result>;
}

export function openModelStore(parts: { readonly cacheDir: string; readonly dataDir: string }): ModelStore {
  const { cacheDir } = parts;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const shelf = openModelShelf(parts.dataDir);
  const here = new Set(NETWORKS.filter((network) => isCached(cacheDir, network)).map((network) => network.id));
  const written = (id: string) => {
    if (here.has(id)) return;
    here.add(id);
    changed();
  };
  const ready = here.size === NETWORKS.length ? Promise.resolve() : write(cacheDir, written);
  ready.catch(() => {}); // whoever awaits it hears of it; nobody has to
  const builtIn = () => NETWORKS.map((network) => stored(network, cacheDir, here.has(network.id)));
  const noBuiltIn = (id: string, what: string): Result | null => {
    const network = NETWORKS.find((one) => one.id === id);
    return network ? { ok: false, error: `${network.name} is built in and ${what}` } : null;
  };
  const after = <T>(result: Result<T>): Result<T> => {
    if (result.ok) changed();
    return result;
  };
  return {
    list: () => [...builtIn(), ...shelf.list()],
    ready,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async add(id, name, source) {
      return refused(noBuiltIn(id, 'keeps its name')) ?? after(await shelf.add(id, name, source));
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

async function write(cacheDir: string, written: (id: string) => void): Promise<void> {
  mkdirSync(cacheDir, { recursive: true });
  await writeNetworks(cacheDir, written);
}

function stored(network: Network, cacheDir: string, ready: boolean): StoredModel {
  return {
    id: network.id as ModelId,
    name: network.name,
    parameters: network.parameters,
    classes: network.classes,
    trained: false,
    sha256: ready ? network.sha256 : null,
    labels: null,
    builtIn: true,
    ready,
    file: ready ? cachedFile(cacheDir, network) : null,
  };
}
