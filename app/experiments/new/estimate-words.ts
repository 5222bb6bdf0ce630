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

export interface Names {
  unitName(id: string): string;
  modelName(id: string): string;
}

/** Who has it replaced is told of the dearest few: the rest differ little. */
const MOST_REPLACED = 3;

function oneSlotParts(
  { kept, replaced }: Extract<EstimateWarning, { code: 'one-slot' }>,
  modelName: Names['modelName'],
  w: Words,
  f: Format,
): string[] {
  const words = w.create.warning;
  return [
    ...kept.map(({ model, policies }) => words.kept(policies.join(', '), modelName(model), policies.length)),
    ...replaced
      .slice(0, MOST_REPLACED)
      .map(({ policy, switches, switchingMs }) => words.replaced(policy, f.number(switches), f.ms(switchingMs))),
  ];
}

/** What to know before launching. */
export function warningSentence(warning: EstimateWarning, { unitName, modelName }: Names, w: Words, f: Format): string {
  const words = w.create.warning;
  switch (warning.code) {
    case 'unmeasured':
      return words.unmeasured(modelName(warning.model), unitName(warning.unit));
    case 'nowhere':
      return words.nowhere(modelName(warning.model));
    case 'overload':
      return words.overload(f.rate(warning.ratePerS), f.rate(warning.bound));
    case 'one-slot':
      return words.oneSlot(unitName(warning.unit), oneSlotParts(warning, modelName, w, f).join('; '));
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
