import { openNotifySocket } from './notify-socket.ts';

/** What systemd is told of this process; nothing is told where it did not start it. */
export interface Service {
  /** It serves from now on. `alive`: asked before each sign of life; whoever does not answer is started again by systemd. */
  ready(status: string, alive: () => Promise<boolean>): void;
  stopping(): void;
}

interface Parts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  say(sentence: string): void;
}

export function openService({ env, pid, say }: Parts): Service {
  const socket = tried(say, () => openNotifySocket(env.NOTIFY_SOCKET));
  const notify = (lines: string) => tried(say, () => socket?.(lines));
  let timer: NodeJS.Timeout | undefined;
  return {
    ready(status, alive) {
      notify(`READY=1\nSTATUS=${status}`);
      const everyMs = watchdogMs(env, pid) / 2; // as sd_watchdog_enabled(3) asks
      if (!socket || !Number.isFinite(everyMs)) return;
      timer = setInterval(async () => {
        if (await alive()) notify('WATCHDOG=1');
        else say('the engine does not answer: systemd is not told that all is well');
      }, everyMs);
      timer.unref();
    },
    stopping() {
      clearInterval(timer);
      notify('STOPPING=1');
    },
  };
}

/** Within which a sign of life is wanted; Infinity: none is. */
function watchdogMs(env: Parts['env'], pid: number): number {
  const wanted = Number(env.WATCHDOG_USEC);
  const ours = env.WATCHDOG_PID === undefined || Number(env.WATCHDOG_PID) === pid;
  return ours && wanted > 0 ? wanted / 1000 : Number.POSITIVE_INFINITY;
}

/** That it cannot be told is no reason to end. */
function tried<T>(say: Parts['say'], told: () => T): T | null {
  try {
    return told();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return null;
  }
}
