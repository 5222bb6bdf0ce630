import type { Op } from './lower.ts';

// Whole numbers in the place of real ones: real = scale · (stored − zero), stored from −128 to 127. Weights have a scale for each
// output channel and no zero, biases the scale of what they are added to (TensorFlow Lite's INT8 specification).

export interface Scale {
  readonly scale: number;
  readonly zero: number;
}

export interface QuantisedWeights {
  readonly values: Int8Array;
  /** One for each output channel; a single one for the last layer, whose per-channel scales older libraries do not know. */
  readonly scales: readonly number[];
  readonly bias: Int32Array;
  /** Of the bias, as many as `scales`. */
  readonly biasScales: readonly number[];
}

export interface Quantised {
  /** Of each value: 0 is the picture, n what operator n − 1 gives. */
  readonly values: readonly Scale[];
  /** Of each operator; null where it has no weights. */
  readonly weights: readonly (QuantisedWeights | null)[];
}

/** `ranges`: least and greatest of each value in turn, as they were observed: least, greatest, least, … */
export function quantise(ops: readonly Op[], ranges: readonly number[]): Quantised {
  if (ranges.length !== 2 * (ops.length + 1))
    throw new Error(
      `${ops.length} operators need ${2 * (ops.length + 1)} ends of ranges, and ${ranges.length} are known`,
    );
  const values = [scaleOf(ranges[0]!, ranges[1]!)]; // counted above, here and below
  const weights = ops.map((op, n) => {
    // Moving numbers about changes none of them, so their scale stays.
    values.push(
      op.kind === 'pad' || op.kind === 'maxPool' ? values[op.x]! : scaleOf(ranges[2 * n + 2]!, ranges[2 * n + 3]!),
    );
    return 'weight' in op ? weightsOf(op, values[op.x]!.scale) : null; // operators look back only
  });
  return { values, weights };
}

/** Zero is always among the numbers that can be said exactly: padding is made of it. */
function scaleOf(least: number, greatest: number): Scale {
  const [low, high] = [Math.min(0, least), Math.max(0, greatest)];
  const scale = Math.fround((high - low) / 255 || 1);
  return { scale, zero: Math.round(-128 - low / scale) };
}

/** With plain loops: a call for each of ResNet101's 44 million weights took 14 s, these take 1.1 s (x86, 2026-11). */
function weightsOf(op: Extract<Op, { weight: Float32Array }>, inputScale: number): QuantisedWeights {
  const { weight, bias, kind } = op;
  const channels = kind === 'dense' ? 1 : bias.length;
  const perChannel = weight.length / channels;
  /** From one weight of a channel to its next, and from a channel's first to the next channel's. */
  const [step, start] = kind === 'depthwise' ? [channels, 1] : [1, perChannel];
  const values = new Int8Array(weight.length);
  const scales: number[] = [];
  for (let c = 0; c < channels; c++) {
    const end = c * start + perChannel * step;
    let most = 0;
    for (let i = c * start; i < end; i += step) most = Math.max(most, Math.abs(weight[i]!)); // inside, here and below
    const scale = Math.fround(most / 127 || 1);
    for (let i = c * start; i < end; i += step) values[i] = Math.round(weight[i]! / scale);
    scales.push(scale);
  }
  const biasScales = scales.map((scale) => Math.fround(scale * inputScale));
  const whole = Int32Array.from(bias, (value, c) => Math.round(value / (biasScales[c] ?? biasScales[0]!))); // one at least
  return { values, scales, bias: whole, biasScales };
}
