import { gatherFacts } from './facts.ts';
import { findingsOf, isBroken } from './findings.ts';
import { type Finding, sentenceOf } from './sentences.ts';

/** What a person asks who wonders why a unit is not there. */
export interface DoctorReport {
  /** False: something that is asked for does not work. */
  readonly well: boolean;
  readonly findings: readonly (Finding & { readonly sentence: string })[];
}

export async function examineMachine(root = ''): Promise<DoctorReport> {
  const findings = findingsOf(await gatherFacts(root));
  return { well: !isBroken(findings), findings: findings.map((each) => ({ ...each, sentence: sentenceOf(each) })) };
}
