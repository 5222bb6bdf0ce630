import type { EstimateProblem, EstimateWarning } from '../../../server/panel/wire.ts';
import type { Words } from '../../ui/words/en.ts';
import type { Format } from '../../ui/words/format.ts';

/** Why a policy has no figure. */
export function problemSentence(problem: EstimateProblem, w: Words, f: Format): string {
  const words = w.create.problem;
  switch (problem.code) {
    case 'stranded':
      return words.stranded(f.number(problem.jobs));
    case 'nothing':
      return words.nothing;
    case 'unmapped':
      return words.unmapped;
    case 'unranked':
      return words.unranked(problem.models.join(', '));
    default:
      return problem satisfies never;
  }
}

/** What to know before launching. */
export function warningSentence(
  warning: EstimateWarning,
  unitName: (id: string) => string,
  w: Words,
  f: Format,
): string {
  const words = w.create.warning;
  switch (warning.code) {
    case 'unmeasured':
      return words.unmeasured(warning.model, unitName(warning.unit));
    case 'nowhere':
      return words.nowhere(warning.model);
    case 'overload':
      return words.overload(f.rate(warning.ratePerS), f.rate(warning.bound));
    case 'shortened':
      return warning.policy === undefined
        ? words.shortened(f.number(warning.used), f.number(warning.jobs))
        : words.shortenedOf(warning.policy, f.number(warning.used), f.number(warning.jobs));
    default:
      return warning satisfies never;
  }
}

/** A question that the board does not take at all: what a person meets while filling in the form is said in their language. */
export function refusedSentence(error: unknown, w: Words): unknown {
  const said = error instanceof Error ? error.message : '';
  const nowhere = /^none of the chosen units can run "(.+)"$/i.exec(said)?.[1];
  if (nowhere) return new Error(w.create.warning.nowhere(nowhere));
  if (/^there is no recorded stream/i.test(said)) return new Error(w.create.trace.gone);
  const unready = /^the model "(.+)" is still being prepared/i.exec(said)?.[1];
  return unready ? new Error(w.create.warning.unready(unready)) : error;
}
