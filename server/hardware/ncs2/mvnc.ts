import koffi from 'koffi';
import type { Foreign, Out, Pointer } from '../computing/foreign.ts';
import { checker } from '../computing/status.ts';

// Intel's first interface to the stick (mvnc.h of NCSDK 2.10, libmvnc.so): not to be taken for the one of the same names inside
// OpenVINO. A graph is one loaded model; pictures go in through one queue, answers come out through another.

export type Device = Pointer<'device'>;
export type Graph = Pointer<'graph'>;
export type Fifo = Pointer<'fifo'>;
type Length = [number];
/** `type`: who may do what at the host's end; `data`: what its numbers are. */
type Queue = [fifo: Out<Fifo>, type: number, count: number, data: number];

export interface Descriptor {
  readonly c: number;
  readonly w: number;
  readonly h: number;
  readonly cStride: number;
  readonly wStride: number;
}

/** Every call answers a code; see `check`. */
export interface MvncLibrary extends Pick<Foreign, 'path' | 'standIn'> {
  globalOption(option: number, data: Uint32Array, length: Length): number;
  deviceCreate(index: number, device: Out<Device>): number;
  deviceOption(device: Device, option: number, data: Uint8Array, length: Length): number;
  deviceOpen(device: Device): number;
  deviceClose(device: Device): number;
  deviceDestroy(device: [Device]): number;
  graphCreate(name: string, graph: Out<Graph>): number;
  /** With both queues. */
  graphAllocate(...to: [Device, Graph, Uint8Array, length: number, ...input: Queue, ...output: Queue]): number;
  graphOption(graph: Graph, option: number, data: Uint8Array, length: Length): number;
  graphDestroy(graph: [Graph]): number;
  fifoOption(fifo: Fifo, option: number, data: Uint8Array, length: Length): number;
  fifoDestroy(fifo: [Fifo]): number;
  queue(graph: Graph, input: Fifo, output: Fifo, tensor: Uint8Array, length: Length, user: null): number;
  /** Waits until the answer is there. */
  read(output: Fifo, data: Uint8Array, length: Length, user: Out<unknown>): number;
}

export const OPTION = {
  apiVersion: 1,
  timeTaken: 1001,
  inputDescriptors: 1004,
  timesTaken: 1011,
  elementSize: 10,
  deviceName: 2013,
  temperatures: 2000,
} as const;
/** The library turns them into the halves that the stick computes with. */
export const FP32 = 1;
export const HOST = { reads: 0, writes: 1 } as const;
export const NOT_FOUND = -4;

export const STRUCTS = {
  descriptor: koffi.struct('ncTensorDescriptor_t', {
    ...{ n: 'uint32_t', c: 'uint32_t', w: 'uint32_t', h: 'uint32_t', totalSize: 'uint32_t' },
    ...{ cStride: 'uint32_t', wStride: 'uint32_t', hStride: 'uint32_t', dataType: 'int' },
  }),
};

const held = 'does another process hold the stick? Plug it in anew';

export const check = checker({
  meaning: {
    [-1]: 'busy',
    [-2]: 'error',
    [-3]: 'no memory',
    [-4]: 'device not found',
    [-5]: 'invalid parameters',
    [-6]: 'time ran out',
    [-7]: 'the stick’s firmware was not found',
    [-8]: 'not allocated',
    [-9]: 'unauthorised',
    [-10]: 'unsupported graph file',
    [-11]: 'unsupported configuration file',
    [-12]: 'unsupported feature',
    [-13]: 'the stick reported an error',
    [-14]: 'invalid length of data',
    [-15]: 'invalid handle',
  },
  cure: {
    [-1]: held,
    'ncDeviceOpen -2': held,
    [-4]: 'is the stick plugged in, and may this user open it (udev rule)?',
    [-7]: 'MvNCAPI-ma2480.mvcmd has to lie in the folder mvnc beside the library',
    [-10]: 'compile the network with mvNCCompile of NCSDK 2.10',
  },
});

export function bindMvnc({ path, standIn, f }: Foreign): MvncLibrary {
  const queue = (name: string) => `_Out_ void **${name}, int ${name}_type, int ${name}_count, int ${name}_data`;
  const option = (name: string) => f(`int ${name}(void *of, int option, _Out_ void *data, _Inout_ uint32_t *length)`);
  return {
    ...{ path, standIn },
    globalOption: f('int ncGlobalGetOption(int option, _Out_ void *data, _Inout_ uint32_t *length)'),
    deviceCreate: f('int ncDeviceCreate(int index, _Out_ void **device)'),
    deviceOption: option('ncDeviceGetOption'),
    deviceOpen: f('int ncDeviceOpen(void *device)'),
    deviceClose: f('int ncDeviceClose(void *device)'),
    deviceDestroy: f('int ncDeviceDestroy(_Inout_ void **device)'),
    graphCreate: f('int ncGraphCreate(const char *name, _Out_ void **graph)'),
    graphAllocate: f(
      `int ncGraphAllocateWithFifosEx(void *device, void *graph, const void *bytes, uint32_t length, ${queue('in')}, ${queue('out')})`,
    ),
    graphOption: option('ncGraphGetOption'),
    graphDestroy: f('int ncGraphDestroy(_Inout_ void **graph)'),
    fifoOption: option('ncFifoGetOption'),
    fifoDestroy: f('int ncFifoDestroy(_Inout_ void **fifo)'),
    queue: f(
      'int ncGraphQueueInferenceWithFifoElem(void *graph, void *in, void *out, const void *tensor, _Inout_ uint32_t *length, void *user)',
    ),
    read: f('int ncFifoReadElem(void *out, _Out_ void *data, _Inout_ uint32_t *length, _Out_ void **user)'),
  };
}
