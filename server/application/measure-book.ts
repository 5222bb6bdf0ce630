import {
  coRunKey,
  type KeptCoRun,
  type KeptSwitchCost,
  type Measurements,
  renewed,
  switchKey,
} from './measure/kept.ts';
import type { EngineEvent, MeasureState } from './messages.ts';

/** What was measured besides times, and what is being measured at the moment. */
export interface MeasureBook extends Measurements {
  /** null: nothing, and nothing was since the server started. */
  readonly state: MeasureState | null;
  hear(event: Extract<EngineEvent, { type: 'measure' | 'switch-costs' | 'co-runs' }>): void;
  /** Asked for, not heard of yet. */
  asked(board: string): void;
  /** The model is gone, with its file: what these units were measured with it. */
  forget(model: string, units: readonly string[]): void;
  engineDied(): void;
}

export function createMeasureBook(parts: {
  readonly known: Measurements;
  readonly save: (fresh: Measurements) => Promise<void>;
  readonly changed: () => void;
}): MeasureBook {
  let switchCosts: readonly KeptSwitchCost[] = parts.known.switchCosts;
  let coRuns: readonly KeptCoRun[] = parts.known.coRuns;
  let state: MeasureState | null = null;
  const become = (next: MeasureState) => {
    state = next;
    parts.changed();
  };
  return {
    get switchCosts() {
      return switchCosts;
    },
    get coRuns() {
      return coRuns;
    },
    get state() {
      return state;
    },
    hear(event) {
      switch (event.type) {
        case 'measure':
          return become(event.state);
        case 'switch-costs':
          switchCosts = renewed(switchCosts, event.costs, switchKey);
          void parts.save({ switchCosts: event.costs, coRuns: [] });
          return parts.changed();
        case 'co-runs':
          coRuns = renewed(coRuns, event.runs, coRunKey);
          void parts.save({ switchCosts: [], coRuns: event.runs });
          return parts.changed();
        default:
          return event satisfies never;
      }
    },
    asked: (board) => become({ board, status: 'measuring', step: null, done: 0, of: 0 }),
    forget(model, units) {
      const concerned = (unit: string, ...models: string[]) => units.includes(unit) && models.includes(model);
      switchCosts = switchCosts.filter(({ unit, from, to }) => !concerned(unit, from, to));
      parts.changed();
    },
    engineDied() {
      if (state?.status !== 'measuring') return;
      become({ board: state.board, status: 'failed', reason: 'the engine ended while it measured' });
    },
  };
}
