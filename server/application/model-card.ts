import * as z from 'zod';
import { precisionOf, WEIGHT_KINDS } from '../hardware/weight-kind.ts';
import { artefactFacts } from './workshop.ts';

export const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** What is kept beside a model's files. Cards from before a model could have several say nothing of them: there is one, in ONNX. */
export const modelCard = z
  .object({
    id: z.string().regex(ID),
    name: z.string(),
    /** Of the first file; names the others as well. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    parameters: z.number().int().nonnegative(),
    /** Left out by those who wrote cards before it was asked. */
    weights: z.enum(WEIGHT_KINDS).nullish(),
    classes: z.number().int().nonnegative(),
    labels: z.array(z.string()).nullable(),
    addedAt: z.number(),
    files: z.array(artefactFacts).optional(),
  })
  .transform(({ weights = null, files, ...one }) => ({
    ...one,
    weights,
    files: files ?? [
      {
        ...{ format: 'onnx' as const, precision: precisionOf(weights ?? 'fp32'), sha256: one.sha256 },
        ...{ parameters: one.parameters, originalParameters: null, inputs: [], outputs: [], tried: true },
      },
    ],
  }));
export type Card = z.output<typeof modelCard>;
export type FileCard = Card['files'][number];
