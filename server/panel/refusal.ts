import type { z } from 'zod';
import { sentence } from '../sentence.ts';

/** An answer that is not the one that was hoped for: a status, a code for programs, a sentence for people. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    said: string,
    readonly fields?: Readonly<Record<string, string>>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(sentence(said));
  }
}

export const notFound = (what: string): Refusal => new Refusal(404, 'not_found', what);
export const badRequest = (said: string): Refusal => new Refusal(400, 'bad_request', said);
export const conflict = (said: string): Refusal => new Refusal(409, 'conflict', said);

/** The number that a route's address ends with; no row has another. */
export function idIn({ params }: { readonly params: Readonly<Record<string, string>> }, none: Refusal): number {
  if (!/^[1-9]\d{0,11}$/.test(params.id ?? '')) throw none;
  return Number(params.id);
}

/** A form has fewer fields; a request with more mistakes than that is not answered with its own length. */
const MOST_FIELDS = 50;
const LONGEST = 300;
const cut = (said: string): string => (said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said);

/** Doubt strangers: what comes in is parsed here, once; the sentence names the field. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  const fields: Record<string, string> = {};
  const issues = read.error.issues.slice(0, MOST_FIELDS);
  for (const issue of issues) fields[issue.path.join('.')] ??= cut(issue.message);
  throw new Refusal(400, 'invalid', cut(firstSentence(issues)), fields);
}

function firstSentence(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [issue] = issues;
  if (!issue) return 'this request does not have the right shape';
  return issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ${issue.message}` : issue.message;
}
