/**
 * Why a job went where it went, as a word that every language has a sentence for. Kept in traces by its place in this
 * list, so new ones are added at the end.
 */
export const REASONS = [
  /** It is the oldest that some idle unit can run. */
  'oldest',
  /** Its model is the quickest of those that wait. */
  'shortest',
  /** The unit was given to this model. */
  'own',
  /** The unit ranks this model highest of those that wait. */
  'ranked',
  /** The integer plan of what is left gives this unit most of this model. */
  'plan',
  /** By the linear program's prices the pair costs nothing: it belongs to the best routing. */
  'price',
  /** The pair is not in the best routing, but the unit would stand idle and the others are far from done. */
  'spare',
  /** No other unit finishes it sooner. */
  'soonest',
  /** Of what can still be in time it is the most pressing. */
  'pressing',
  /** It is late already, and nothing that can still be in time wants the unit. */
  'leftover',
  /** It would lose most by not getting its best unit. */
  'sufferage',
  /** The unit's own queue was empty; taken from the longest of the others. */
  'stolen',
  /** The longest queue times the speed of this unit for it. */
  'weight',
  /** The longest of the best finishing times goes first. */
  'longest',
  /** The least of the best finishing times goes first. */
  'quickest',
] as const;
export type Reason = (typeof REASONS)[number];

/** A decision with the alternatives it had. One number per unit of the run, in its order. */
export interface Why {
  readonly reason: Reason;
  /** When the job was expected to end there, in milliseconds from the decision; infinite where it cannot run. */
  readonly finishMs: Float32Array;
  /** What serving it there costs above the best routing, in milliseconds of the plan's time; NaN where the policy has no prices. */
  readonly price: Float32Array;
}
