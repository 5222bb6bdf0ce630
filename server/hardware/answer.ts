import type { Result } from '../brand.ts';
import type { Asks } from './asks.ts';
import type { FromUnit } from './channel.ts';
import type { Inference } from './unit.ts';

/** Settles what the message answers; an answer that nobody waits for (late, doubled) counts for nothing. */
export function answer(asks: Asks, message: FromUnit): void {
  switch (message.type) {
    case 'opened':
      return asks.settle('opened', { ok: true, value: message });
    case 'prepared':
      return asks.settle(`prepared/${message.run}`, unless(message.error));
    case 'loaded':
      return asks.settle(`loaded/${message.ref}`, unless(message.error));
    case 'done':
      return asks.settle(`job/${message.ref}`, { ok: true, value: inference(message) });
    case 'warmth':
      return; // nobody asked
    case 'failed':
      return asks.settle(`job/${message.ref}`, { ok: false, error: message.error });
    default:
      return message satisfies never;
  }
}

export type Opened = Extract<FromUnit, { type: 'opened' }>;

const unless = (error: string | undefined): Result =>
  error === undefined ? { ok: true, value: undefined } : { ok: false, error };

function inference({ startMs, endMs, loadMs, deviceMs, top }: Extract<FromUnit, { type: 'done' }>): Inference {
  return {
    ...{ startMs, endMs, serviceMs: endMs - startMs, loadMs },
    ...(deviceMs === undefined ? {} : { deviceMs }),
    ...(top ? { top } : {}),
  };
}
