import type { Session } from '../computing/runtime.ts';
import { decoderOf, encoderOf } from '../tflite/session.ts';
import type { ArmnnLibrary, Bridge, TensorDescription } from './library.ts';

/** Pictures are rows × columns × 3, as for TensorFlow Lite, whose files these are. Throws a sentence. */
export function openArmnnSession(library: ArmnnLibrary, bridge: Bridge, bytes: Uint8Array): Session<Float32Array> {
  const sure = (status: number): number => {
    if (status < 0) throw new Error(`Arm NN: ${library.trouble(bridge)}`);
    return status;
  };
  const network = sure(library.load(bridge, bytes, bytes.length));
  const describe = (output: 0 | 1): TensorDescription => {
    const tensor = {} as TensorDescription;
    sure(library.describe(bridge, network, output, tensor));
    return tensor;
  };
  const release = () => void library.unload(bridge, network);
  try {
    const [input, output] = [describe(0), describe(1)];
    const [batch, height = 0, width = 0, channels] = input.sizes;
    if (input.rank !== 4 || batch !== 1 || channels !== 3)
      throw new Error(
        `the model’s input is ${input.sizes.slice(0, input.rank).join(' × ')}, not 1 × rows × columns × 3`,
      );
    const encode = encoderOf(input.type, { scale: input.scale, zero_point: input.zero });
    const decode = decoderOf(output.type, { scale: output.scale, zero_point: output.zero });
    const answer = new Uint8Array(Number(output.bytes));
    const times = new Float64Array(2);
    const run = (picture: Float32Array) => {
      const given = encode(picture);
      sure(library.run(bridge, network, given, given.byteLength, answer, answer.byteLength, times));
      const [startMs = 0, endMs = 0] = times; // the same clock as ours
      return { logits: decode(answer), startMs, endMs };
    };
    // The first run is the slow one: let it be nobody's measurement.
    const { logits } = run(new Float32Array(3 * width * height));
    return { width, height, classes: logits.length, run, release, placement: library.placement(bridge, network) };
  } catch (error) {
    release();
    throw error;
  }
}
