import type { Result } from '../brand.ts';
import type { InferQuestion, Inferred } from './infer.ts';
import type { EngineCommand, EngineEvent } from './messages.ts';

/** Single inferences that were asked of the engine and not answered yet. */
export interface InferBook {
  readonly waiting: number;
  ask(question: Omit<InferQuestion, 'ask'>): Promise<Result<Inferred>>;
  hear(event: Extract<EngineEvent, { type: 'inferred' }>): void;
  /** Nobody will answer any more: the sentence says why. */
  drop(why: string): void;
}

/** People who wait at once; each is served in a second or so. */
export const MOST_ASKED = 16;

export function createInferBook(send: (command: EngineCommand) => boolean): InferBook {
  const waiting = new Map<number, (result: Result<Inferred>) => void>();
  let last = 0;
  const no = (error: string): Result<Inferred> => ({ ok: false, error });
  return {
    get waiting() {
      return waiting.size;
    },
    async ask(question) {
      if (waiting.size >= MOST_ASKED) return no(`${MOST_ASKED} inferences wait for their answer already`);
      const ask = ++last;
      const answered = new Promise<Result<Inferred>>((answer) => waiting.set(ask, answer));
      if (!send({ type: 'infer', question: { ...question, ask } })) {
        waiting.delete(ask);
        return no('the engine is being started again');
      }
      return answered;
    },
    hear({ ask, result }) {
      waiting.get(ask)?.(result);
      waiting.delete(ask);
    },
    drop(why) {
      for (const answer of waiting.values()) answer(no(why));
      waiting.clear();
    },
  };
}
