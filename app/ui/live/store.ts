import { create } from 'zustand';
import type { BoardState, ExperimentView, LiveState, Me, RunView, SetupState } from '../../../server/panel/wire.ts';

// What every page may look at. Numbers that change twenty times a second are put here four times a second; what draws them
// listens to the pulse (pulse.ts) instead.

export interface LiveStore {
  readonly me: Me | null;
  readonly setup: SetupState | null;
  readonly board: BoardState | null;
  readonly state: LiveState | null;
  readonly connection: 'connecting' | 'live' | 'lost';
  /** When the board was last heard before it was lost, by performance.now(). */
  readonly lostAtMs: number;
  /** How often it was tried to reach it again. */
  readonly tries: number;
  /** The board has no place for another live connection of this person. */
  readonly crowded: boolean;
}

export const useLive = create<LiveStore>(() => ({
  me: null,
  setup: null,
  board: null,
  state: null,
  connection: 'connecting',
  lostAtMs: 0,
  tries: 0,
  crowded: false,
}));

const RECENT = 12;

/** The newest word on an experiment, wherever it is shown. */
export function putExperiment(experiment: ExperimentView): void {
  useLive.setState(({ board }) => {
    if (!board) return {};
    const others = board.experiments.filter((other) => other.id !== experiment.id);
    const open = experiment.status === 'queued' || experiment.status === 'running';
    const experiments = open ? [...others, experiment].sort((a, b) => a.id - b.id) : others;
    return { board: { ...board, experiments } };
  });
}

export function putRun(run: RunView): void {
  useLive.setState(({ board }) => {
    if (!board) return {};
    const recent = [run, ...board.recent.filter((other) => other.id !== run.id)].sort((a, b) => b.id - a.id);
    const experiments = board.experiments.map((experiment) =>
      experiment.id === run.experiment
        ? { ...experiment, runs: experiment.runs.map((other) => (other.id === run.id ? run : other)) }
        : experiment,
    );
    return { board: { ...board, recent: recent.slice(0, RECENT), experiments } };
  });
}

export const mayOperate = ({ me }: LiveStore): boolean => me?.role === 'operator' || me?.role === 'admin';
/** Has not logged in, and may watch. */
export const isGuest = ({ me }: LiveStore): boolean => me?.guest === true;
/** Known to watch only. Not the opposite of [mayOperate]: until it is known who looks, the board has the last word. */
export const mayOnlyWatch = (store: LiveStore): boolean => store.me !== null && !mayOperate(store);
