import koffi from 'koffi';
import type { Out } from '../computing/foreign.ts';
import { type Forms, formsOf } from '../computing/forms.ts';
import type { Session, Size } from '../computing/runtime.ts';
import { deviceTime } from '../computing/status.ts';
import { monotonicMs } from '../monotonic.ts';
import {
  type Context,
  check,
  FLAGS,
  FORMAT,
  QUERY,
  type RknnLibrary,
  STRUCTS,
  TENSOR_TYPE,
  type TensorAttr,
} from './library.ts';

const SIZE = Object.fromEntries(Object.entries(STRUCTS).map(([name, type]) => [name, koffi.sizeof(type)])) as Record<
  keyof typeof STRUCTS,
  number
>;

/** One model on the NPU. Throws a sentence that names the call. */
export function openRknnSession(
  library: RknnLibrary,
  bytes: Uint8Array,
  device: string | null,
): { readonly session: Session<Forms>; readonly version: string } {
  const context = begun(library, bytes, device);
  const release = () => void library.destroy(context);
  try {
    const counts = asked(QUERY.counts, library.counts, context, SIZE.counts);
    if (counts.n_input !== 1 || counts.n_output !== 1) throw new Error('the model has not one input and one output');
    const attribute = (what: 1 | 2) => {
      const info: [TensorAttr | { index: number }] = [{ index: 0 }];
      check('rknn_query', library.attribute(context, what, info, SIZE.attribute));
      return info[0] as TensorAttr;
    };
    const [input, output] = [attribute(QUERY.input), attribute(QUERY.output)];
    const size = sizeOf(input);
    const takesFloats = input.type === TENSOR_TYPE.float32 || input.type === TENSOR_TYPE.float16;
    const run = runner(library, context, takesFloats, output.n_elems);
    // The first run is the slow one: let it be nobody's measurement.
    const { logits } = run(formsOf(new Float32Array(3 * size.width * size.height)));
    const { api_version, drv_version } = asked(QUERY.version, library.version, context, SIZE.version);
    const version = `${api_version.trim()}, driver ${drv_version.trim()}`;
    return { session: { ...size, classes: logits.length, run, release }, version };
  } catch (error) {
    release();
    throw error;
  }
}

function begun(library: RknnLibrary, bytes: Uint8Array, device: string | null): Context {
  const context: Out<Context> = [null];
  if (device === null) check('rknn_init', library.init(context, bytes, bytes.length, FLAGS));
  else check('rknn_init2', library.initOn(context, bytes, bytes.length, FLAGS, { device_id: device }));
  return context[0]!; // it went well
}

function asked<What extends number, Info>(
  what: What,
  query: (context: Context, what: What, info: Out<Info>, size: number) => number,
  context: Context,
  size: number,
): Info {
  const info: Out<Info> = [{} as Info];
  check('rknn_query', query(context, what, info, size));
  return info[0]!; // it went well
}

/** The library names dimensions innermost first; a model's own order is believed as well. */
function sizeOf({ dims, n_dims, fmt }: TensorAttr): Size {
  const shape = Array.from(dims).slice(0, n_dims);
  const outermostFirst = shape[0] === 1 && shape.length === 4 && shape[3] !== 1 ? shape : shape.toReversed();
  const [batch, ...rest] = outermostFirst;
  const [height = 0, width = 0, channels] = fmt === FORMAT.nchw ? [rest[1], rest[2], rest[0]] : rest;
  if (shape.length !== 4 || batch !== 1 || channels !== 3 || height < 1 || width < 1)
    throw new Error(`the model’s input is ${outermostFirst.join(' × ')}, not one picture of three channels`);
  return { width, height };
}

/** The way to the NPU and back is part of it: while a picture travels, the unit can do nothing else. */
function runner(library: RknnLibrary, context: Context, takesFloats: boolean, classes: number) {
  const answer = new Float32Array(classes);
  const buf = new Uint8Array(answer.buffer);
  const type = takesFloats ? TENSOR_TYPE.float32 : TENSOR_TYPE.uint8;
  return (picture: Forms) => {
    // A quantised network normalises pixels itself, as it was converted to; a floating one is given them normalised.
    const given = takesFloats ? picture.interleaved() : picture.pixels();
    const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
    const startMs = monotonicMs();
    const input = { index: 0, buf: bytes, size: bytes.length, pass_through: 0, type, fmt: FORMAT.nhwc } as const;
    check('rknn_inputs_set', library.setInputs(context, 1, [input]));
    check('rknn_run', library.run(context, null));
    const outputs: Parameters<RknnLibrary['outputs']>[2] = [
      { want_float: 1, is_prealloc: 1, index: 0, buf, size: buf.length },
    ];
    check('rknn_outputs_get', library.outputs(context, 1, outputs, null));
    const endMs = monotonicMs();
    try {
      const [{ size }] = outputs;
      if (size !== buf.length) throw new Error(`rknn_outputs_get: the answer has ${size} bytes, not ${buf.length}`);
      const { run_duration: us } = asked(QUERY.runTime, library.runTime, context, SIZE.runTime);
      return { logits: answer.slice(), startMs, endMs, ...deviceTime(Number(us) / 1000, endMs - startMs) };
    } finally {
      library.releaseOutputs(context, 1, outputs);
    }
  };
}
