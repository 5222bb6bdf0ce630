import { type ExperimentSpec, experimentSpec } from '../../../server/application/experiment.ts';
import type { Words } from '../../ui/words/en.ts';
import { type Draft, requestOf } from './draft.ts';
import { type Errors, errorsOf } from './errors.ts';

export interface Checked {
  /** null: something is wrong, and said in `errors`. */
  readonly spec: ExperimentSpec | null;
  readonly errors: Errors;
}

/** The form by the very schema that the board uses. */
export function check(draft: Draft, w: Words): Checked {
  const read = experimentSpec.safeParse(requestOf(draft));
  if (read.success) return { spec: read.data, errors: {} };
  return { spec: null, errors: errorsOf(read.error.issues, Object.keys(draft.jobs), w) };
}
