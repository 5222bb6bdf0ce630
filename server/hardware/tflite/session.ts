import type { Session } from '../computing/runtime.ts';
import { checker } from '../computing/status.ts';
import { monotonicMs } from '../monotonic.ts';
import { type DelegatePtr, type Quantization, TENSOR_TYPE, type TfliteLibrary } from './library.ts';

const check = checker({
  meaning: {
    1: 'error',
    2: 'delegate error',
    3: 'application error',
    4: 'delegate data not found',
    5: 'delegate data not written',
    6: 'delegate data not read',
    7: 'unresolved operators',
  },
});

/** Made anew for each session: it belongs to one interpreter, and goes after it. */
export interface Delegate {
  /** Throws a sentence. */
  create(): DelegatePtr;
  free(delegate: DelegatePtr): void;
}

/** Pictures are rows × columns × 3. `bytes` are kept for as long as the session lives. Throws a sentence that names the call. */
export function openTfliteSession(
  library: TfliteLibrary,
  bytes: Uint8Array,
  threads: number,
  delegate?: Delegate,
): Session<Float32Array> {
  const model = library.modelCreate(bytes, bytes.length);
  if (!model) throw new Error('TfLiteModelCreate: this is not a TensorFlow Lite model');
  const helper = helperOf(delegate, () => library.modelDelete(model));
  const options = library.optionsCreate();
  library.setThreads(options, threads);
  if (helper) library.addDelegate(options, helper);
  const interpreter = library.interpreterCreate(model, options);
  library.optionsDelete(options);
  const release = () => {
    if (interpreter) library.interpreterDelete(interpreter);
    if (helper) delegate?.free(helper);
    library.modelDelete(model);
    void bytes; // the model read from them until now
  };
  try {
    if (!interpreter)
      throw new Error(
        helper
          ? 'TfLiteInterpreterCreate: the delegate failed, or the model has an operator that nobody knows'
          : 'TfLiteInterpreterCreate: the model has an operator that this library does not know',
      );
    check('TfLiteInterpreterAllocateTensors', library.allocate(interpreter));
    if (library.inputs(interpreter) !== 1 || library.outputs(interpreter) !== 1)
      throw new Error('the model has not one input and one output');
    const [input, output] = [library.input(interpreter, 0), library.output(interpreter, 0)];
    const shape = Array.from({ length: library.rank(input) }, (_, d) => library.dimension(input, d));
    const [batch, height = 0, width = 0, channels] = shape;
    if (shape.length !== 4 || batch !== 1 || channels !== 3 || height < 1 || width < 1)
      throw new Error(`the model’s input is ${shape.join(' × ')}, not 1 × rows × columns × 3`);
    const encode = encoderOf(library.type(input), library.quantization(input));
    const decode = decoderOf(library.type(output), library.quantization(output));
    const answer = new Uint8Array(library.bytes(output));
    const run = (picture: Float32Array) => {
      const given = encode(picture);
      check('TfLiteTensorCopyFromBuffer', library.copyIn(input, given, given.byteLength));
      const startMs = monotonicMs();
      check('TfLiteInterpreterInvoke', library.invoke(interpreter));
      const endMs = monotonicMs();
      check('TfLiteTensorCopyToBuffer', library.copyOut(output, answer, answer.byteLength));
      return { logits: decode(answer), startMs, endMs };
    };
    // The first run is the slow one: let it be nobody's measurement.
    const { logits } = run(new Float32Array(3 * width * height));
    return { width, height, classes: logits.length, run, release };
  } catch (error) {
    release();
    throw error;
  }
}

function helperOf(delegate: Delegate | undefined, giveUp: () => void): DelegatePtr | null {
  try {
    return delegate?.create() ?? null;
  } catch (error) {
    giveUp();
    throw error;
  }
}

const bytesOf = (values: Float32Array | Int8Array | Uint8Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Real numbers as the input tensor takes them: real = scale · (stored − zero point). */
export function encoderOf(
  type: number,
  { scale, zero_point: zero }: Quantization,
): (values: Float32Array) => Uint8Array {
  if (type === TENSOR_TYPE.float32) return bytesOf;
  const [low, high, Store] = integers(type);
  return (values) => {
    const stored = new Store(values.length);
    for (const [i, value] of values.entries())
      stored[i] = Math.min(high, Math.max(low, Math.round(value / scale) + zero));
    return bytesOf(stored);
  };
}

export function decoderOf(
  type: number,
  { scale, zero_point: zero }: Quantization,
): (bytes: Uint8Array) => Float32Array {
  if (type === TENSOR_TYPE.float32) return (bytes) => new Float32Array(bytes.buffer.slice(0) as ArrayBuffer);
  const [, , Store] = integers(type);
  return (bytes) => Float32Array.from(new Store(bytes.buffer as ArrayBuffer), (stored) => scale * (stored - zero));
}

function integers(type: number): readonly [number, number, typeof Int8Array | typeof Uint8Array] {
  if (type === TENSOR_TYPE.int8) return [-128, 127, Int8Array];
  if (type === TENSOR_TYPE.uint8) return [0, 255, Uint8Array];
  throw new Error(`the model has a tensor of type ${type}; known are FP32, INT8 and UINT8`);
}
