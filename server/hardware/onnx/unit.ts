import { readFile } from 'node:fs/promises';
import type { FromUnit, ToUnit } from '../channel.ts';
import { monotonicMs } from '../monotonic.ts';
import { createInputs } from './inputs.ts';
import { openSession, type Session, topFive } from './session.ts';

type Message<Type extends ToUnit['type']> = Extract<ToUnit, { type: Type }>;

/** The unit inside its process: sessions by model, pictures by number. Failures throw sentences. */
export interface OnnxUnit {
  /** Again when models come or go; those that are loaded stay. */
  open(message: Message<'open'>): FromUnit;
  prepare(message: Message<'run'>): Promise<FromUnit>;
  load(message: Message<'load'>): Promise<FromUnit>;
  unload(model: string): Promise<void>;
  infer(message: Message<'infer'>): Promise<FromUnit>;
}

export function createOnnxUnit(): OnnxUnit {
  const sessions = new Map<string, Session>();
  const inputs = createInputs();
  let files = new Map<string, string | null>();
  let threads = 1;

  const unload = async (model: string) => {
    const session = sessions.get(model);
    sessions.delete(model);
    await session?.release();
  };
  /** Makes it resident and says how long that took. */
  const load = async (model: string): Promise<{ session: Session; ms: number }> => {
    const loaded = sessions.get(model);
    if (loaded) return { session: loaded, ms: 0 };
    const fromMs = monotonicMs();
    const file = files.get(model);
    if (file == null) throw new Error(`there is no file of the model ${model} yet`);
    const session = await openSession(await readFile(file), threads);
    sessions.set(model, session);
    await inputs.fit(session);
    return { session, ms: monotonicMs() - fromMs };
  };
  return {
    open(message) {
      threads = message.options.threads;
      files = new Map(message.models.map(({ id, file }) => [id, file]));
      const many = threads === 1 ? 'one thread' : `${threads} threads`;
      return { type: 'opened', pid: process.pid, info: `ONNX Runtime on the CPU, ${many}` };
    },
    async prepare({ run, pictures }) {
      await inputs.prepare(pictures);
      for (const session of sessions.values()) await inputs.fit(session);
      return { type: 'prepared', run };
    },
    async load({ ref, model }) {
      return { type: 'loaded', ref, ms: (await load(model)).ms };
    },
    unload,
    async infer({ ref, model, input, load: change }) {
      if (change?.evict != null) await unload(change.evict);
      const { session, ms } = await load(model);
      const { logits, startMs, endMs } = await session.run(inputs.tensor(input, session));
      const top = topFive(logits);
      if (!logits.every(Number.isFinite)) throw new Error(`${model} answered numbers that are not finite`);
      return { type: 'done', ref, startMs, endMs, loadMs: ms, top };
    },
  };
}
