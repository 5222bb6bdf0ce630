import type { Precision } from './unit.ts';

/** What most weights of a file are stored as. */
export const WEIGHT_KINDS = ['fp32', 'fp16', 'bf16', 'fp64', 'int8'] as const;
export type WeightKind = (typeof WEIGHT_KINDS)[number];

/** The precision that units call it. */
export const precisionOf = (weights: WeightKind): Precision =>
  weights === 'int8' ? 'int8' : weights === 'fp16' || weights === 'bf16' ? 'fp16' : 'fp32';
