import type * as z from 'zod';
import { capital } from '../../ui/trouble.tsx';
import type { Words } from '../../ui/words/en.ts';

/** Field → one sentence. Models' fields are named by the model. */
export type Errors = Readonly<Record<string, string>>;

export function errorsOf(issues: readonly z.core.$ZodIssue[], models: readonly string[], w: Words): Errors {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const [root, index] = issue.path;
    const field = root === 'models' && typeof index === 'number' ? `models.${models[index]}` : String(root);
    errors[field] ??= sentence(field, issue, w);
  }
  return errors;
}

function sentence(field: string, issue: z.core.$ZodIssue, w: Words): string {
  const { errors, whole } = w.create;
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
    case 'workload':
      return errors.positive;
    case 'switchMs':
      return errors.switchMs;
    case 'noiseCv':
      return errors.noise;
    default:
      return capital(issue.message);
  }
}
