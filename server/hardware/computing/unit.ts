import { readFile } from 'node:fs/promises';
import type { FromUnit, ToUnit } from '../channel.ts';
import { monotonicMs } from '../monotonic.ts';
import { createInputs } from './inputs.ts';
import type { Runtime, Session } from './runtime.ts';
import { topFive } from './top-five.ts';

type Message<Type extends ToUnit['type']> = Extract<ToUnit, { type: Type }>;

/** The unit inside its process: sessions by model, pictures by number. Failures throw sentences. */
export interface ComputingUnit {
  /** Again when models come or go; those that are loaded stay, but for those whose file is another now, or gone. */
  open(message: Message<'open'>): FromUnit;
  prepare(message: Message<'run'>): Promise<FromUnit>;
  load(message: Message<'load'>): Promise<FromUnit>;
  unload(model: string): Promise<void>;
  infer(message: Message<'infer'>): Promise<FromUnit>;
  /** null: its device has no thermometer. What it returns is null when that would not say. */
  readonly warmth: (() => FromUnit | null) | null;
  /** Gives everything back, in order: some devices are left in a sorry state otherwise. */
  close(): Promise<void>;
}

export function createComputingUnit<Picture>(runtime: Runtime<Picture>): ComputingUnit {
  const sessions = new Map<string, Session<Picture>>();
  const inputs = createInputs(runtime.picture);
  let files = new Map<string, string | null>();
  let threads = 1;

  const unload = async (model: string) => {
    const session = sessions.get(model);
    sessions.delete(model);
    await session?.release();
  };
  /** Makes it resident and says how long that took. */
  const load = async (model: string): Promise<{ session: Session<Picture>; ms: number }> => {
    const loaded = sessions.get(model);
    if (loaded) return { session: loaded, ms: 0 };
    const fromMs = monotonicMs();
    const file = files.get(model);
    if (file == null) throw new Error(`there is no file of the model ${model} yet`);
    const bytes = await readFile(file);
    while (runtime.slots !== undefined && sessions.size >= runtime.slots) await unload([...sessions.keys()][0]!); // one at least
    const session = await runtime.open(bytes, threads);
    sessions.set(model, session);
    await inputs.fit(session);
    return { session, ms: monotonicMs() - fromMs };
  };
  return {
    open(message) {
      threads = message.options.threads;
      const inUse = runtime.begin?.(threads) ?? threads;
      const before = files;
      files = new Map(message.models.map(({ id, file }) => [id, file]));
      for (const model of sessions.keys()) if (files.get(model) !== before.get(model)) void unload(model);
      return { type: 'opened', pid: process.pid, ...saidOf(runtime, inUse) };
    },
    async prepare({ run, pictures }) {
      await inputs.prepare(pictures);
      for (const session of sessions.values()) await inputs.fit(session);
      return { type: 'prepared', run };
    },
    async load({ ref, model }) {
      const { session, ms } = await load(model);
      return { type: 'loaded', ref, ms, ...(session.placement && { info: session.placement.slice(0, 500) }) };
    },
    unload,
    async infer({ ref, model, input, load: change }) {
      if (change?.evict != null) await unload(change.evict);
      const { session, ms } = await load(model);
      const { logits, ...times } = await session.run(inputs.picture(input, session));
      const top = topFive(logits);
      if (!logits.every(Number.isFinite)) throw new Error(`${model} answered numbers that are not finite`);
      return { type: 'done', ref, ...times, loadMs: ms, top };
    },
    warmth: runtime.temperatureC ? () => saidWarmth(runtime.temperatureC?.() ?? null) : null,
    async close() {
      for (const model of [...sessions.keys()]) await unload(model);
      runtime.close?.();
    },
  };
}

const saidWarmth = (temperatureC: number | null): FromUnit | null =>
  temperatureC === null ? null : { type: 'warmth', temperatureC };

/** What it computes with, from where, and whether that is a stand-in. */
function saidOf<Picture>({ name, library }: Runtime<Picture>, threads: number): { info: string; simulated?: true } {
  const many = threads === 1 ? 'one thread' : `${threads} threads`;
  const info = [name(), ...(library ? [library.path] : []), many].join(', ').slice(0, 500);
  return library?.standIn == null ? { info } : { info: `${library.standIn}: ${info}`.slice(0, 500), simulated: true };
}
