import koffi from 'koffi';
import { type Foreign, type Out, openFirst, type Pointer, placesOf } from '../computing/foreign.ts';
import { checker } from '../computing/status.ts';

// Rockchip's runtime for the NPU of the RK3399Pro, version 1.7 (rknn_api.h; the one called rknpu2 is another). A context is one
// loaded model; it is used by one thread.

export interface TensorAttr {
  readonly n_dims: number;
  readonly dims: readonly number[];
  readonly n_elems: number;
  readonly fmt: number;
  readonly type: number;
}
export interface Input {
  readonly index: number;
  readonly buf: Uint8Array;
  readonly size: number;
  /** 0: the library converts to what the network stores. */
  readonly pass_through: 0;
  readonly type: number;
  readonly fmt: number;
}
export interface Output {
  readonly want_float: 1;
  /** The answer goes into `buf`. */
  readonly is_prealloc: 1;
  readonly index: number;
  readonly buf: Uint8Array;
  /** Afterwards: as many bytes as there are. */
  size: number;
}

/** A context that lives; the zero that a failed call leaves is none. */
export type Context = Pointer<'context'>;

/** Every call answers a code; see `check`. */
export interface RknnLibrary extends Pick<Foreign, 'path' | 'standIn'> {
  findDevices(found: Out<{ readonly n_devices: number; readonly ids: Uint8Array }>): number;
  init(context: Out<Context>, model: Uint8Array, size: number, flags: number): number;
  /** On the device of this id. */
  initOn(
    context: Out<Context>,
    model: Uint8Array,
    size: number,
    flags: number,
    on: { readonly device_id: string },
  ): number;
  destroy(context: Context): number;
  version(
    context: Context,
    what: 5,
    info: Out<{ readonly api_version: string; readonly drv_version: string }>,
    size: number,
  ): number;
  counts(
    context: Context,
    what: 0,
    info: Out<{ readonly n_input: number; readonly n_output: number }>,
    size: number,
  ): number;
  attribute(context: Context, what: 1 | 2, info: [TensorAttr | { readonly index: number }], size: number): number;
  runTime(context: Context, what: 4, info: Out<{ readonly run_duration: number }>, size: number): number;
  setInputs(context: Context, count: 1, inputs: readonly [Input]): number;
  run(context: Context, extend: null): number;
  /** Waits until the answer is there. */
  outputs(context: Context, count: 1, outputs: [Output], extend: null): number;
  releaseOutputs(context: Context, count: 1, outputs: [Output]): number;
}

export const QUERY = { counts: 0, input: 1, output: 2, runTime: 4, version: 5 } as const;
export const TENSOR_TYPE = { float32: 0, float16: 1, uint8: 3 } as const;
export const FORMAT = { nchw: 0, nhwc: 1 } as const;
/** Highest priority, each answer of its own frame, the model kept by the host. What an inference takes is told even so. */
export const FLAGS = 0;

/** Of each device's id, ended by a zero. */
export const ID_BYTES = 64;
const text = koffi.array('char', 256, 'String');
export const STRUCTS = {
  devices: koffi.struct('rknn_devices_id', {
    n_devices: 'uint32_t',
    types: koffi.array('uint8_t', 256 * ID_BYTES),
    ids: koffi.array('uint8_t', 256 * ID_BYTES),
  }),
  extend: koffi.struct('rknn_init_extend', { device_id: 'const char *' }),
  counts: koffi.struct('rknn_input_output_num', { n_input: 'uint32_t', n_output: 'uint32_t' }),
  attribute: koffi.struct('rknn_tensor_attr', {
    ...{ index: 'uint32_t', n_dims: 'uint32_t', dims: koffi.array('uint32_t', 16), name: text },
    ...{ n_elems: 'uint32_t', size: 'uint32_t', fmt: 'int', type: 'int', qnt_type: 'int' },
    ...{ fl: 'int8_t', zp: 'uint32_t', scale: 'float' },
  }),
  runTime: koffi.struct('rknn_perf_run', { run_duration: 'int64_t' }),
  version: koffi.struct('rknn_sdk_version', { api_version: text, drv_version: text }),
  input: koffi.struct('rknn_input', {
    ...{ index: 'uint32_t', buf: 'void *', size: 'uint32_t', pass_through: 'uint8_t', type: 'int', fmt: 'int' },
  }),
  output: koffi.struct('rknn_output', {
    ...{ want_float: 'uint8_t', is_prealloc: 'uint8_t', index: 'uint32_t', buf: 'void *', size: 'uint32_t' },
  }),
};

const proxy = 'is npu_transfer_proxy running?';

/** Throws a sentence that names the call, unless it went well. */
export const check = checker({
  meaning: {
    [-1]: 'failed',
    [-2]: 'time ran out',
    [-3]: 'device unavailable',
    [-4]: 'no memory',
    [-5]: 'invalid parameter',
    [-6]: 'invalid model',
    [-7]: 'invalid context',
    [-8]: 'invalid input',
    [-9]: 'invalid output',
    [-10]: 'versions of library and device do not match',
    [-11]: 'precompiled by another version',
    [-12]: 'optimised for another version',
    [-13]: 'made for another platform',
    [-14]: 'not precompiled',
  },
  cure: {
    [-2]: proxy,
    [-3]: proxy,
    [-6]: 'it takes .rknn files of rknn-toolkit 1.7',
    [-10]: 'npu_transfer_proxy, librknn_api.so and the NPU’s boot.img have to be of one release',
    [-11]: 'convert the model anew with this library’s release of rknn-toolkit',
    [-13]: 'convert the model anew with target_platform rk3399pro',
  },
});

export const openRknn = (told: string | null, env: NodeJS.ProcessEnv = process.env): RknnLibrary =>
  openFirst('Rockchip NPU library', placesOf(told, env.SWITCHYARD_RKNN, ['librknn_api.so', 'librknn_api.so.1']), bind);

function bind({ path, standIn, f }: Foreign): RknnLibrary {
  const query = (struct: string, way = '_Out_') =>
    f(`int rknn_query(uint64_t context, int what, ${way} ${struct} *info, uint32_t size)`);
  const begin = '_Out_ uint64_t *context, void *model, uint32_t size, uint32_t flags';
  return {
    ...{ path, standIn },
    findDevices: f('int rknn_find_devices(_Out_ rknn_devices_id *found)'),
    init: f(`int rknn_init(${begin})`),
    initOn: f(`int rknn_init2(${begin}, rknn_init_extend *on)`),
    destroy: f('int rknn_destroy(uint64_t context)'),
    version: query('rknn_sdk_version'),
    counts: query('rknn_input_output_num'),
    attribute: query('rknn_tensor_attr', '_Inout_'),
    runTime: query('rknn_perf_run'),
    setInputs: f('int rknn_inputs_set(uint64_t context, uint32_t count, rknn_input *inputs)'),
    run: f('int rknn_run(uint64_t context, void *extend)'),
    outputs: f('int rknn_outputs_get(uint64_t context, uint32_t count, _Inout_ rknn_output *outputs, void *extend)'),
    releaseOutputs: f('int rknn_outputs_release(uint64_t context, uint32_t count, rknn_output *outputs)'),
  };
}
