import type * as z from 'zod';
import { capital } from '../../ui/trouble.tsx';
import type { Words } from '../../ui/words/en.ts';

/** Field → one sentence. Models' fields are named by the model. */
export type Errors = Readonly<Record<string, string>>;

export function errorsOf(issues: readonly z.core.$ZodIssue[], models: readonly string[], w: Words): Errors {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const field = fieldOf(issue.path, models);
    errors[field] ??= sentence(field, issue, w);
  }
  return errors;
}

/** A wrong number of a model stands beside that number, and so does what belongs to one way of arriving. */
function fieldOf([root, index, inner]: readonly PropertyKey[], models: readonly string[]): string {
  if (root === 'models' && typeof index === 'number') {
    const own = `models.${models[index]}`;
    return inner === 'deadlineMs' || inner === 'priority' ? `${own}.${inner}` : own;
  }
  const isPace = index === 'ratePerS' || index === 'load';
  return root === 'workload' && index !== undefined && !isPace ? `workload.${String(index)}` : String(root);
}

function sentence(field: string, issue: z.core.$ZodIssue, w: Words): string {
  const { errors, whole } = w.create;
  if (field.endsWith('.deadlineMs')) return errors.deadline;
  if (field.endsWith('.priority')) return whole('0', '255');
  if (field.startsWith('models.')) return whole('1', '1,000,000');
  switch (field) {
    case 'units':
    case 'policies':
      return issue.code === 'too_small' ? errors[field] : capital(issue.message);
    case 'models':
      return issue.code === 'too_small' ? errors.models : errors.tooManyJobs;
    case 'repeats':
      return issue.code === 'custom' ? errors.tooManyRuns : whole('1', '100');
    case 'seed':
      return whole('0', '4,294,967,295');
    case 'warmUpS':
      return whole('0', '600');
    case 'coolToC':
      return whole('20', '120');
    case 'workload':
    case 'workload.p99Ms':
      return errors.positive;
    case 'workload.factor':
      return errors.factor;
    case 'workload.burstMs':
      return errors.burstMs;
    case 'workload.trace':
      return errors.trace;
    case 'switchMs':
      return errors.switchMs;
    case 'noiseCv':
      return errors.noise;
    default:
      return capital(issue.message);
  }
}
