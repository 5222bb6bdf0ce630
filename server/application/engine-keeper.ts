import type { Engine } from './engine.ts';
import type { EngineCommand, EngineEvent } from './messages.ts';

export interface EngineKeeper {
  /** False while there is no engine to hear it. */
  send(command: EngineCommand): boolean;
  readonly up: boolean;
  /** False: there is one, and it does not answer. One that died is being started again. */
  answers(withinMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Keeps one engine alive: when it dies it is said so, and another is started, later each time it happens in a minute. */
export function keepEngine(parts: {
  readonly start: () => Engine;
  /** A new engine knows nothing yet. */
  readonly greet: (send: (command: EngineCommand) => void) => void;
  readonly heard: (event: EngineEvent) => void;
  readonly died: (reason: string) => void;
}): EngineKeeper {
  let engine: Engine | null = null;
  let closing = false;
  let deaths: number[] = [];
  const start = () => {
    const started = parts.start();
    engine = started;
    started.on((event) => {
      if (engine === started) parts.heard(event);
    });
    started.onDeath((reason) => {
      if (engine === started && !closing) lost(reason);
    });
    parts.greet((command) => started.send(command));
  };
  const lost = (reason: string) => {
    engine = null;
    deaths = [...deaths.filter((at) => performance.now() - at < 60_000), performance.now()];
    parts.died(reason);
    setTimeout(() => closing || start(), Math.min(30_000, 200 * deaths.length ** 2)).unref();
  };
  start();
  return {
    send(command) {
      engine?.send(command);
      return engine !== null;
    },
    get up() {
      return engine !== null;
    },
    answers: async (withinMs) => (await engine?.answers(withinMs)) ?? true,
    async close() {
      closing = true;
      await engine?.close();
    },
  };
}
