import type { Conductor } from '../application/conductor.ts';
import type { Change } from '../application/live.ts';
import type { Browse } from '../history/browse.ts';
import type { LiveEvent } from './wire.ts';

/** An event that has no number yet. */
export type News = LiveEvent extends infer E ? (E extends unknown ? Omit<E, 'seq'> : never) : never;

/** Turns changes into events for browsers: few, whole, in order, numbered without a gap. */
export interface Announcer {
  /** Number of the last event. */
  readonly seq: number;
  on(listener: (event: LiveEvent) => void): void;
  /** What did not happen on the board itself, after what did before. */
  announce(news: News): void;
}

export function createAnnouncer(
  conductor: Pick<Conductor, 'on' | 'measured'>,
  browse: Pick<Browse, 'experiment' | 'runLine'>,
  say: (sentence: string) => void,
): Announcer {
  const listeners: ((event: LiveEvent) => void)[] = [];
  let seq = 0;
  let last = Promise.resolve();
  const tell = (news: News): void => {
    const event = { ...news, seq: ++seq } as LiveEvent;
    for (const listener of listeners) listener(event);
  };
  const inTurn = (news: () => Promise<News | null>): void => {
    last = last
      .then(news)
      .then((found) => found && tell(found))
      .catch((error: Error) => say(`a change could not be told to browsers: ${error.message}`))
      .then(() => {});
  };
  conductor.on((change) => {
    if (change.type === 'live' || change.type === 'rows') return;
    inTurn(() => newsOf(change, browse, conductor));
  });
  return {
    get seq() {
      return seq;
    },
    on: (listener) => void listeners.push(listener),
    announce: (news) => inTurn(async () => news),
  };
}

async function newsOf(
  change: Change,
  browse: Pick<Browse, 'experiment' | 'runLine'>,
  conductor: Pick<Conductor, 'measured'>,
): Promise<News | null> {
  if (change.type === 'experiment') {
    const experiment = await browse.experiment(change.experiment);
    return experiment && { type: 'experiment', experiment };
  }
  if (change.type === 'run') {
    const run = await browse.runLine(change.run);
    return run && { type: 'run', run };
  }
  if (change.type === 'measure') {
    const { state, switchCosts, coRuns } = conductor.measured();
    return { type: 'measure', state, switchCosts, coRuns };
  }
  return change.type === 'live' || change.type === 'rows' ? null : change;
}
