import type { TraceColumns } from '../application/trace.ts';

// How long a job may wait is a matter of who may pass it. Counted from the trace of a day on which no unit was lost.

/** Of the job that was passed most often, by jobs that came after it and began before it. */
export interface Overtaken {
  /** On units that could have run it. */
  readonly anywhere: number;
  /** On the unit that ran it in the end. */
  readonly onItsUnit: number;
  /** By jobs of its own model. */
  readonly withinModel: number;
}

/** `able`: whether the unit can run the model, both as the trace numbers them. */
export function overtaken(trace: TraceColumns, able: (unit: number, model: number) => boolean): Overtaken {
  const most = { anywhere: 0, onItsUnit: 0, withinModel: 0 };
  const rows = [...Array(trace.rows).keys()];
  for (const row of rows) {
    const passed = rows.filter(
      (other) => trace.job[other]! > trace.job[row]! && trace.dispatchMs[other]! < trace.dispatchMs[row]!,
    ); // rows index columns
    const count = (holds: (other: number) => boolean) => passed.filter(holds).length;
    const model = trace.model[row]!; // as above
    most.anywhere = Math.max(
      most.anywhere,
      count((other) => able(trace.unit[other]!, model)),
    ); // as above
    most.onItsUnit = Math.max(
      most.onItsUnit,
      count((other) => trace.unit[other] === trace.unit[row]),
    );
    most.withinModel = Math.max(
      most.withinModel,
      count((other) => trace.model[other] === model),
    );
  }
  return most;
}

export const longestWaitMs = ({ rows, arrivalMs, dispatchMs }: TraceColumns): number => {
  let longest = 0;
  for (let row = 0; row < rows; row++) longest = Math.max(longest, dispatchMs[row]! - arrivalMs[row]!); // row < rows
  return longest;
};
