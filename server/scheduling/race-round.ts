/** One rehearsal of the policy `race`: the candidates were simulated on what waits now, and the best was put in charge. */
export interface RaceRound {
  /** Milliseconds since the run's first moment. */
  readonly atMs: number;
  /** What was compared; less is better. `makespan` and `p99` are milliseconds, `missRate` is a share of 1. */
  readonly figure: 'makespan' | 'p99' | 'missRate';
  readonly entries: readonly { readonly policy: string; readonly value: number }[];
  readonly winner: string;
  /** Whether another policy was in charge until now. */
  readonly switched: boolean;
  /** Jobs that were rehearsed. */
  readonly jobs: number;
  /** Milliseconds of wall time that the rehearsal took. */
  readonly tookMs: number;
}
