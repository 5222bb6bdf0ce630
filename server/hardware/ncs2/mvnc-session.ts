import koffi from 'koffi';
import type { Out } from '../computing/foreign.ts';
import { type Forms, formsOf } from '../computing/forms.ts';
import type { Session } from '../computing/runtime.ts';
import { deviceTime } from '../computing/status.ts';
import { monotonicMs } from '../monotonic.ts';
import {
  check,
  type Descriptor,
  type Device,
  type Fifo,
  FP32,
  type Graph,
  HOST,
  type MvncLibrary,
  OPTION,
  STRUCTS,
} from './mvnc.ts';

/** One graph on the stick, with a queue to it and one from it. Throws a sentence that names the call. */
export function openMvncSession(library: MvncLibrary, device: Device, bytes: Uint8Array): Session<Forms> {
  const graph: Out<Graph> = [null];
  const [input, output]: [Out<Fifo>, Out<Fifo>] = [[null], [null]];
  const release = () => {
    for (const fifo of [input, output]) if (fifo[0] !== null) library.fifoDestroy(fifo as [Fifo]);
    if (graph[0] !== null) library.graphDestroy(graph as [Graph]);
  };
  try {
    check('ncGraphCreate', library.graphCreate('model', graph));
    const at = graph[0]!; // it went well
    const [to, from] = [
      [input, HOST.writes, 2, FP32],
      [output, HOST.reads, 2, FP32],
    ] as const;
    check('ncGraphAllocateWithFifosEx', library.graphAllocate(device, at, bytes, bytes.length, ...to, ...from));
    const { c, w, h, cStride, wStride } = descriptorOf(library, at);
    const [given, answer] = [sizeOf(library, input[0]!), sizeOf(library, output[0]!)]; // it went well
    if (c !== 3 || given !== 4 * 3 * w * h)
      throw new Error(`the model’s input is ${h} × ${w} × ${c}, not one picture of three channels`);
    const ends = { graph: at, input: input[0]!, output: output[0]!, answer, planes: cStride > wStride }; // as above
    const run = (picture: Forms) => infer(library, ends, picture);
    // The first run is the slow one: let it be nobody's measurement.
    const { logits } = run(formsOf(new Float32Array(3 * w * h)));
    return { width: w, height: h, classes: logits.length, run, release };
  } catch (error) {
    release();
    throw error;
  }
}

interface Ends {
  readonly graph: Graph;
  readonly input: Fifo;
  readonly output: Fifo;
  /** Bytes of it. */
  readonly answer: number;
  /** Whether it takes a plane per channel. */
  readonly planes: boolean;
}

function infer(library: MvncLibrary, { graph, input, output, answer, planes }: Ends, picture: Forms) {
  const given = planes ? picture.planes : picture.interleaved();
  const tensor = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const logits = new Float32Array(answer / 4);
  const startMs = monotonicMs();
  const queued = library.queue(graph, input, output, tensor, [tensor.length], null);
  check('ncGraphQueueInferenceWithFifoElem', queued);
  const length: [number] = [answer];
  check('ncFifoReadElem', library.read(output, new Uint8Array(logits.buffer), length, [null]));
  const endMs = monotonicMs();
  if (length[0] !== answer) throw new Error(`ncFifoReadElem: the answer has ${length[0]} bytes, not ${answer}`);
  return { logits, startMs, endMs, ...deviceTime(stickMs(library, graph), endMs - startMs) };
}

/** Milliseconds of each layer, added up; 0 where it does not tell. */
function stickMs(library: MvncLibrary, graph: Graph): number {
  const size = new Uint32Array(1);
  const asked = library.graphOption(graph, OPTION.timesTaken, new Uint8Array(size.buffer), [4]);
  const times = new Float32Array((size[0] ?? 0) / 4);
  if (asked !== 0 || times.length === 0) return 0;
  const told = library.graphOption(graph, OPTION.timeTaken, new Uint8Array(times.buffer), [times.byteLength]);
  return told === 0 ? times.reduce((sum, ms) => sum + ms, 0) : 0;
}

function descriptorOf(library: MvncLibrary, graph: Graph): Descriptor {
  const bytes = new Uint8Array(koffi.sizeof(STRUCTS.descriptor));
  check('ncGraphGetOption', library.graphOption(graph, OPTION.inputDescriptors, bytes, [bytes.length]));
  return koffi.decode(bytes, STRUCTS.descriptor) as Descriptor;
}

function sizeOf(library: MvncLibrary, fifo: Fifo): number {
  const size = new Uint32Array(1);
  check('ncFifoGetOption', library.fifoOption(fifo, OPTION.elementSize, new Uint8Array(size.buffer), [4]));
  return size[0]!; // it went well
}
