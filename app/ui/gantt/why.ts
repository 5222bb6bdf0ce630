import { OUTCOMES, type TraceColumns } from '../../../server/application/trace.ts';
import { REASONS, type Reason } from '../../../server/scheduling/reason.ts';

/** What the decision knew of one unit. */
export interface Alternative {
  /** Index into the run's units. */
  readonly unit: number;
  readonly chosen: boolean;
  /** Milliseconds from the decision to the expected end; null where it could not run. */
  readonly expectedMs: number | null;
  /** Milliseconds above the best routing; null where the policy has no prices. */
  readonly priceMs: number | null;
}

/** Why a job went where it went, and what came of it. */
export interface Why {
  readonly reason: Reason;
  readonly alternatives: readonly Alternative[];
  readonly priced: boolean;
  /** Milliseconds from the decision to the real end. */
  readonly tookMs: number;
  readonly expectedMs: number | null;
}

/** The explanation of a row; null where the run was recorded without. */
export function whyOf(columns: TraceColumns, row: number): Why | null {
  const reason = REASONS[columns.reason[row] ?? REASONS.length];
  const { alternatives: wide } = columns;
  if (!reason || wide === 0) return null;
  const chosenUnit = columns.unit[row];
  const alternatives = Array.from({ length: wide }, (_, unit): Alternative => {
    const at = row * wide + unit;
    return {
      unit,
      chosen: unit === chosenUnit,
      expectedMs: finite(columns.finishMs[at]),
      priceMs: finite(columns.price[at]),
    };
  });
  return {
    reason,
    alternatives,
    priced: alternatives.some(({ priceMs }) => priceMs !== null),
    tookMs: (columns.endMs[row] ?? 0) - (columns.dispatchMs[row] ?? 0),
    expectedMs: alternatives.find(({ chosen }) => chosen)?.expectedMs ?? null,
  };
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** Milliseconds by which it ended after its deadline; negative: before; null where it had none, or never ended well. */
export function lateMs(columns: TraceColumns, row: number): number | null {
  const deadlineMs = finite(columns.deadlineMs[row]);
  if (deadlineMs === null || OUTCOMES[columns.outcome[row] ?? 0] !== 'done') return null;
  return (columns.endMs[row] ?? 0) - deadlineMs;
}
