import type { Board } from '../hardware/board.ts';
import type { MachineWatched } from '../hardware/health/watch.ts';
import type { UnitId } from '../hardware/unit.ts';
import type { RaceRound } from '../scheduling/race-round.ts';
import type { KeptNote } from './ledger.ts';
import type { KeptProfile } from './measure/kept.ts';
import type { RunLive, RunPlan, UnitLive } from './messages.ts';

/** What changed, for whoever shows it. Ids only: what they stand for is asked of the history, which has it by then. */
export type Change =
  | { readonly type: 'experiment'; readonly experiment: number }
  | { readonly type: 'run'; readonly run: number }
  | { readonly type: 'note'; readonly run: number; readonly note: KeptNote }
  | { readonly type: 'race'; readonly run: number; readonly round: RaceRound }
  | { readonly type: 'boards' }
  | { readonly type: 'profile'; readonly profile: KeptProfile }
  /** What was measured besides, or is being measured. */
  | { readonly type: 'measure' }
  | {
      readonly type: 'rows';
      readonly run: number;
      readonly firstSeq: number;
      readonly rows: number;
      readonly data: Uint8Array<ArrayBuffer>;
      /** Names that the rows' columns index. */
      readonly plan: Pick<RunPlan, 'units' | 'models'>;
    }
  /** A unit or the running run looks different; whole state is cheap to ask for. */
  | { readonly type: 'live' };

export interface Live {
  readonly units: readonly UnitLive[];
  readonly run: RunLive | null;
  /** Experiment that the run belongs to. */
  readonly experiment: number | null;
  readonly queuedExperiments: number;
  /** As it was when it was last looked at; null: it was not yet. */
  readonly machine: MachineWatched | null;
}

export interface UnitBook {
  set(unit: UnitLive): void;
  of(unit: UnitId): UnitLive;
  list(boards: readonly Board[]): UnitLive[];
  /** Their processes went with the engine. */
  forget(): void;
}

/** The last that was heard of each unit. */
export function createUnitBook(): UnitBook {
  const heard = new Map<UnitId, UnitLive>();
  const of = (unit: UnitId): UnitLive => heard.get(unit) ?? asleep(unit);
  return {
    set: (unit) => void heard.set(unit.id, unit),
    of,
    list: (boards) => boards.flatMap((board) => board.units.map((unit) => of(unit.id))),
    forget: () => heard.clear(),
  };
}

const asleep = (id: UnitId): UnitLive => ({
  id,
  status: 'asleep',
  pid: null,
  reason: null,
  model: null,
  resident: [],
  crashes: 0,
  faults: [],
  jobs: 0,
  failed: 0,
  switches: 0,
  drift: null,
});
