import type { Retention } from '../history/retention.ts';
import type { RunEdits } from '../history/run-edits.ts';

/** Stands where the name of a person stands who deleted a run. */
export const BY_RULE = 'the rule of retention';

export interface Housekeeper {
  /** The rule may have become another. */
  soon(): void;
  end(): void;
}

interface Parts {
  readonly retention: Pick<Retention, 'rule' | 'overdue'>;
  readonly edits: Pick<RunEdits, 'remove'>;
  /** Which runs are gone. */
  readonly told: (runs: readonly number[]) => void;
  readonly say: (sentence: string) => void;
  readonly now?: () => Date;
}

const LOOK_EVERY_MS = 600_000;
/** So many in one write: others' writes come between. */
const MOST_AT_ONCE = 50;

/** Takes away the runs that the rule does not keep. Away from it all stays; a disk that refuses is asked again later. */
export function keepToRule(parts: Parts, everyMs = LOOK_EVERY_MS): Housekeeper {
  let working = false;
  let ended = false;
  const work = async () => {
    if (working || ended) return;
    working = true;
    await sweep(parts, () => ended).catch((error: Error) =>
      parts.say(`runs that the rule of retention does not keep could not be deleted: ${error.message}`),
    );
    working = false;
  };
  const timer = setInterval(() => void work(), everyMs);
  timer.unref();
  void work();
  return {
    soon: () => void work(),
    end() {
      ended = true;
      clearInterval(timer);
    },
  };
}

async function sweep(
  { retention, edits, told, say, now = () => new Date() }: Parts,
  over: () => boolean,
): Promise<void> {
  let gone = 0;
  while (!over()) {
    const runs = await retention.overdue(await retention.rule(), now(), MOST_AT_ONCE); // it may change meanwhile
    if (runs.length === 0) break;
    const removed = await edits.remove(runs, BY_RULE);
    if (!removed.ok) break; // one has begun meanwhile
    told(removed.value.changed);
    gone += removed.value.changed.length;
  }
  if (gone > 0) say(`runs that the rule of retention does not keep were deleted: ${gone}`);
}
