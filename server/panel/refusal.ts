import type { z } from 'zod';

/** An answer that is not the one that was hoped for: a status, a code for programs, a sentence for people. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
    readonly fields?: Readonly<Record<string, string>>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(sentence);
  }
}

export const notFound = (what: string): Refusal => new Refusal(404, 'not_found', what);
export const badRequest = (sentence: string): Refusal => new Refusal(400, 'bad_request', sentence);
export const conflict = (sentence: string): Refusal => new Refusal(409, 'conflict', sentence);

/** Doubt strangers: what comes in is parsed here, once; the sentence names the field. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  const fields: Record<string, string> = {};
  for (const issue of read.error.issues) fields[issue.path.join('.')] ??= issue.message;
  throw new Refusal(400, 'invalid', firstSentence(read.error.issues), fields);
}

function firstSentence(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [issue] = issues;
  if (!issue) return 'this request does not have the right shape';
  return issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ${issue.message}` : issue.message;
}
