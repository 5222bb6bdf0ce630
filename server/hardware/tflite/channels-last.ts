/** out × channels × area → out × area × channels: how TensorFlow Lite lays out pictures and weights. */
export function channelsLast(values: Float32Array, out: number, channels: number): Float32Array {
  const area = values.length / (out * channels);
  const moved = new Float32Array(values.length);
  for (let o = 0; o < out; o++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < area; i++) moved[(o * area + i) * channels + c] = values[(o * channels + c) * area + i]!; // both are out · channels · area long
  return moved;
}
