import koffi from 'koffi';
import type { Out } from '../computing/foreign.ts';
import { type Forms, formsOf } from '../computing/forms.ts';
import { floatsOf, halvesOf } from '../computing/half.ts';
import type { Session } from '../computing/runtime.ts';
import { deviceTime } from '../computing/status.ts';
import { monotonicMs } from '../monotonic.ts';
import {
  type Compiled,
  check,
  ELEMENT,
  type List,
  type OpenvinoLibrary,
  type Port,
  type Request,
  type Shape,
  STRUCTS,
  type Tensor,
} from './openvino.ts';

interface PortSpec {
  readonly shape: readonly number[];
  readonly type: number;
}

/** One compiled network and one request to it; frees the network too. Throws a sentence that names the call. */
export function openOpenvinoSession(library: OpenvinoLibrary, compiled: Compiled): Session<Forms> {
  const request: Out<Request> = [null];
  const tensor: Out<Tensor> = [null];
  const release = () => {
    if (request[0] !== null) library.requestFree(request[0]);
    if (tensor[0] !== null) library.tensorFree(tensor[0]);
    library.compiledFree(compiled);
  };
  try {
    const [inputs, outputs]: [Out<number>, Out<number>] = [[null], [null]];
    check('ov_compiled_model_inputs_size', library.inputs(compiled, inputs));
    check('ov_compiled_model_outputs_size', library.outputs(compiled, outputs));
    if (Number(inputs[0]) !== 1 || Number(outputs[0]) !== 1)
      throw new Error('the model has not one input and one output');
    const [input, output] = [portOf(library, compiled, 'input'), portOf(library, compiled, 'output')];
    const { width, height, take } = intake(input);
    check('ov_compiled_model_create_infer_request', library.createRequest(compiled, request));
    const at = request[0]!; // it went well
    const dims = BigInt64Array.from(input.shape, BigInt);
    check('ov_tensor_create', library.tensorCreate(input.type, { rank: dims.length, dims }, tensor));
    check('ov_infer_request_set_input_tensor_by_index', library.setInput(at, 0, tensor[0]!)); // as above
    const given = memoryOf(library, tensor[0]!); // as above
    const run = (picture: Forms) => {
      given.set(take(picture));
      const startMs = monotonicMs();
      check('ov_infer_request_infer', library.infer(at));
      const endMs = monotonicMs();
      return {
        logits: answerOf(library, at, output),
        startMs,
        endMs,
        ...deviceTime(stickMs(library, at), endMs - startMs),
      };
    };
    // The first run is the slow one: let it be nobody's measurement.
    const { logits } = run(formsOf(new Float32Array(3 * width * height)));
    return { width, height, classes: logits.length, run, release };
  } catch (error) {
    release();
    throw error;
  }
}

function portOf(library: OpenvinoLibrary, compiled: Compiled, way: 'input' | 'output'): PortSpec {
  const [port, shape, type]: [Out<Port>, Out<Shape>, Out<number>] = [[null], [null], [null]];
  const find = way === 'input' ? library.inputPort : library.outputPort;
  check(`ov_compiled_model_${way}_by_index`, find(compiled, 0, port));
  const at = port[0]!; // it went well
  try {
    check('ov_const_port_get_shape', library.portShape(at, shape));
    const { rank, dims } = shape[0]!; // as above
    const sizes = koffi.decode(dims, koffi.array('int64_t', Number(rank), 'Array')) as number[];
    library.shapeFree(shape as [Shape]);
    check('ov_port_get_element_type', library.portType(at, type));
    return { shape: sizes.map(Number), type: type[0]! }; // as above
  } finally {
    library.portFree(at);
  }
}

/** How a picture goes in. */
function intake({ shape, type }: PortSpec) {
  const planes = shape[1] === 3;
  const [height = 0, width = 0] = planes ? shape.slice(2) : shape.slice(1);
  if (shape.length !== 4 || shape[0] !== 1 || (!planes && shape[3] !== 3))
    throw new Error(`the model’s input is ${shape.join(' × ')}, not one picture of three channels`);
  const floats = (picture: Forms) => (planes ? picture.planes : picture.interleaved());
  if (type === ELEMENT.f32) return { width, height, take: (picture: Forms) => bytesOf(floats(picture)) };
  if (type === ELEMENT.f16) return { width, height, take: (picture: Forms) => bytesOf(halvesOf(floats(picture))) };
  if (type === ELEMENT.u8 && !planes) return { width, height, take: (picture: Forms) => picture.pixels() };
  throw new Error(`the model’s input is of type ${type}; known are FP32, FP16 and, pixel by pixel, U8`);
}

function answerOf(library: OpenvinoLibrary, request: Request, { shape, type }: PortSpec): Float32Array {
  const tensor: Out<Tensor> = [null];
  check('ov_infer_request_get_output_tensor_by_index', library.output(request, 0, tensor));
  const at = tensor[0]!; // it went well
  try {
    const bytes = memoryOf(library, at).slice();
    const classes = shape.reduce((product, size) => product * size, 1);
    const expected = classes * (type === ELEMENT.f16 ? 2 : 4);
    if (bytes.length !== expected)
      throw new Error(`ov_tensor_data: the answer has ${bytes.length} bytes, not ${expected}`);
    if (type === ELEMENT.f16) return floatsOf(new Uint16Array(bytes.buffer));
    if (type === ELEMENT.f32) return new Float32Array(bytes.buffer);
    throw new Error(`the model’s output is of type ${type}; known are FP32 and FP16`);
  } finally {
    library.tensorFree(at);
  }
}

/** The memory of a tensor itself, for as long as that lives. */
function memoryOf(library: OpenvinoLibrary, tensor: Tensor): Uint8Array {
  const [data, bytes]: [Out<unknown>, Out<number>] = [[null], [null]];
  check('ov_tensor_data', library.tensorData(tensor, data));
  check('ov_tensor_get_byte_size', library.tensorBytes(tensor, bytes));
  return new Uint8Array(koffi.view(data[0], Number(bytes[0])));
}

const EXECUTED = 2;

/** What the layers took on the stick, added up; 0 where it does not tell. */
function stickMs(library: OpenvinoLibrary, request: Request): number {
  const list: Out<List> = [null];
  if (library.profile(request, list) !== 0) return 0;
  const { items, size } = list[0]!; // it went well
  const layers = koffi.decode(items, koffi.array(STRUCTS.profile, Number(size))) as {
    status: number;
    real_time: number;
  }[];
  library.profileFree(list as [List]);
  return layers.reduce((us, layer) => us + (layer.status === EXECUTED ? Number(layer.real_time) : 0), 0) / 1000;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
