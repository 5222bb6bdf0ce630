// Half precision (IEEE 754 binary16), which JavaScript does not know: 1 bit of sign, 5 of exponent, 10 of fraction.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** To the nearest, ties to even, as hardware does it. */
export function halvesOf(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) halves[i] = halfOf(values[i]!); // below its length
  return halves;
}

export function floatsOf(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = floatOf(halves[i]!); // below its length
  return values;
}

function halfOf(value: number): number {
  float[0] = value;
  const all = bits[0]!; // one there
  const sign = (all >>> 16) & 0x8000;
  const size = all & 0x7fffffff;
  if (size > 0x7f800000) return 0x7e00; // not a number
  if (size >= 0x477ff000) return sign | 0x7c00; // rounds to 65520 or more: infinite
  if (size >= 0x38800000) return sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13);
  return sign | even(Math.abs(value) * 2 ** 24); // in steps of the smallest there is
}

const even = (value: number): number => {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
};

function floatOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
