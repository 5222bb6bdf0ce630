import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Unusable } from './unusable.ts';

// What comes from the command line is parsed once; each refusal is one sentence that names the option.

export function number(option: string, text: string, min: number, max: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= min && value <= max)) throw new Unusable(`${option} is a number from ${min} to ${max}, not "${text}"`);
  return value;
}

export function whole(option: string, text: string, min: number, max: number): number {
  const value = number(option, text, min, max);
  if (!Number.isInteger(value)) throw new Unusable(`${option} is a whole number, not "${text}"`);
  return value;
}

/** "mobilenet_v2=50,resnet50=150" as one value for each model in order; `otherwise` for those that are not named. */
export function perModel(
  option: string,
  text: string,
  models: readonly string[],
  otherwise: number,
  read: (option: string, text: string) => number,
): number[] {
  const given = new Map<string, number>();
  for (const part of text.split(',')) {
    const at = part.lastIndexOf('=');
    if (at < 0) throw new Unusable(`${option} is model=number,…, not "${text}"`);
    const model = part.slice(0, at).trim();
    if (!models.includes(model))
      throw new Unusable(`${option} names the model "${model}", which the platform does not have`);
    if (given.has(model)) throw new Unusable(`${option} names the model "${model}" twice`);
    given.set(model, read(`${option} for ${model}`, part.slice(at + 1)));
  }
  return models.map((model) => given.get(model) ?? otherwise);
}

export function textOf(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Unusable(`${option} ${file}: ${firstIssue(error)}`);
  }
}

export function jsonOf<T>(option: string, file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(textOf(option, file)));
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable(`${option} ${file}: ${firstIssue(error)}`);
  }
}

/** The first thing wrong, with its place. */
export function firstIssue(error: unknown): string {
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return issue ? `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}` : 'is not usable';
  }
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
