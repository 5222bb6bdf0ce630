import koffi from 'koffi';
import { type Foreign, type Out, type Pointer, textAt } from '../computing/foreign.ts';
import { checker } from '../computing/status.ts';

// OpenVINO's C interface as of 2022.3, the last that knows the NCS2 (its device "MYRIAD"). What takes further arguments in C
// (`...`) is declared with those that are given: koffi's own way with them is slower, and on the boards that count the same.

export type Core = Pointer<'core'>;
export type Model = Pointer<'model'>;
export type Compiled = Pointer<'compiled'>;
export type Request = Pointer<'request'>;
export type Tensor = Pointer<'tensor'>;
export type Port = Pointer<'port'>;
export interface Shape {
  readonly rank: number;
  readonly dims: unknown;
}
export interface List {
  readonly items: unknown;
  readonly size: number;
}

/** Every call that can fail answers a code; see `check`. */
export interface OpenvinoLibrary extends Pick<Foreign, 'path' | 'standIn'> {
  version(): string;
  coreCreate(core: Out<Core>): number;
  coreFree(core: Core): void;
  devices(core: Core): readonly string[];
  setProperty(core: Core, device: string, key: string, value: string): number;
  /** null: the device does not know it. */
  property(core: Core, device: string, key: string): string | null;
  readModel(core: Core, file: string, weights: string | null, model: Out<Model>): number;
  modelFree(model: Model): void;
  compile(core: Core, model: Model, device: string, properties: 0, compiled: Out<Compiled>): number;
  /** One that was compiled before, somewhere else. */
  import(core: Core, bytes: Uint8Array, length: number, device: string, compiled: Out<Compiled>): number;
  compiledFree(compiled: Compiled): void;
  inputs(compiled: Compiled, count: Out<number>): number;
  outputs(compiled: Compiled, count: Out<number>): number;
  inputPort(compiled: Compiled, index: number, port: Out<Port>): number;
  outputPort(compiled: Compiled, index: number, port: Out<Port>): number;
  portShape(port: Port, shape: Out<Shape>): number;
  portType(port: Port, type: Out<number>): number;
  portFree(port: Port): void;
  shapeFree(shape: [Shape]): number;
  createRequest(compiled: Compiled, request: Out<Request>): number;
  requestFree(request: Request): void;
  tensorCreate(type: number, shape: Shape, tensor: Out<Tensor>): number;
  tensorData(tensor: Tensor, data: Out<unknown>): number;
  tensorBytes(tensor: Tensor, bytes: Out<number>): number;
  tensorFree(tensor: Tensor): void;
  setInput(request: Request, index: number, tensor: Tensor): number;
  output(request: Request, index: number, tensor: Out<Tensor>): number;
  /** Waits until the answer is there. */
  infer(request: Request): number;
  profile(request: Request, list: Out<List>): number;
  profileFree(list: [List]): void;
}

/** Of 2022; later releases number them differently. */
export const ELEMENT = { f16: 4, f32: 5, u8: 14 } as const;

export const STRUCTS = {
  version: koffi.struct('ov_version_t', { buildNumber: 'void *', description: 'void *' }),
  devices: koffi.struct('ov_available_devices_t', { devices: 'void *', size: 'size_t' }),
  shape: koffi.struct('ov_shape_t', { rank: 'int64_t', dims: 'void *' }),
  profile: koffi.struct('ov_profiling_info_t', {
    ...{ status: 'int', real_time: 'int64_t', cpu_time: 'int64_t' },
    ...{ node_name: 'void *', exec_type: 'void *', node_type: 'void *' },
  }),
  profiles: koffi.struct('ov_profiling_info_list_t', { items: 'void *', size: 'size_t' }),
};

const stick = 'does another process hold the stick, is it plugged in, and may this user open it (udev rule)?';

export const check = checker({
  meaning: {
    [-1]: 'general error',
    [-2]: 'not implemented',
    [-3]: 'network not loaded',
    [-4]: 'parameters do not match',
    [-5]: 'not found',
    [-6]: 'out of bounds',
    [-7]: 'unexpected',
    [-8]: 'request busy',
    [-9]: 'result not ready',
    [-10]: 'not allocated',
    [-11]: 'inference not started',
    [-12]: 'network not read',
    [-13]: 'inference cancelled',
    [-14]: 'invalid parameter',
    [-15]: 'unknown error',
    [-16]: 'not implemented in C',
    [-17]: 'unknown exception',
  },
  cure: { 'ov_core_compile_model -1': stick, 'ov_core_import_model -1': stick, 'ov_infer_request_infer -1': stick },
});

export function bindOpenvino({ path, standIn, f }: Foreign): OpenvinoLibrary {
  const count = (name: string) => f(`int ${name}(void *compiled, _Out_ size_t *count)`);
  const port = (name: string) => f(`int ${name}(void *compiled, size_t index, _Out_ void **port)`);
  const free = (name: string) => f(`void ${name}(void *thing)`);
  const getVersion = f('int ov_get_openvino_version(_Out_ ov_version_t *version)');
  const freeVersion = f('void ov_version_free(_Inout_ ov_version_t *version)');
  const getProperty = f(
    'int ov_core_get_property(void *core, const char *device, const char *key, _Out_ void **value)',
  );
  const freeText = free('ov_free');
  const getDevices = f('int ov_core_get_available_devices(void *core, _Out_ ov_available_devices_t *list)');
  const freeDevices = f('void ov_available_devices_free(_Inout_ ov_available_devices_t *list)');
  return {
    ...{ path, standIn },
    version() {
      const version: [unknown] = [null];
      check('ov_get_openvino_version', getVersion(version));
      const text = textAt((version[0] as { buildNumber: unknown }).buildNumber);
      freeVersion(version);
      return text;
    },
    coreCreate: f('int ov_core_create(_Out_ void **core)'),
    coreFree: free('ov_core_free'),
    devices(core) {
      const list: [unknown] = [null];
      check('ov_core_get_available_devices', getDevices(core, list));
      const { devices, size } = list[0] as { devices: unknown; size: number };
      const names = size > 0 ? (koffi.decode(devices, koffi.array('const char *', Number(size))) as string[]) : [];
      freeDevices(list);
      return names;
    },
    setProperty: f('int ov_core_set_property(void *core, const char *device, const char *key, const char *value)'),
    property(core, device, key) {
      const value: [unknown] = [null];
      if (getProperty(core, device, key, value) !== 0) return null;
      const text = textAt(value[0]);
      freeText(value[0]);
      return text;
    },
    readModel: f('int ov_core_read_model(void *core, const char *file, const char *weights, _Out_ void **model)'),
    modelFree: free('ov_model_free'),
    compile: f(
      'int ov_core_compile_model(void *core, void *model, const char *device, size_t properties, _Out_ void **compiled)',
    ),
    import: f(
      'int ov_core_import_model(void *core, const void *bytes, size_t length, const char *device, _Out_ void **compiled)',
    ),
    compiledFree: free('ov_compiled_model_free'),
    inputs: count('ov_compiled_model_inputs_size'),
    outputs: count('ov_compiled_model_outputs_size'),
    inputPort: port('ov_compiled_model_input_by_index'),
    outputPort: port('ov_compiled_model_output_by_index'),
    portShape: f('int ov_const_port_get_shape(void *port, _Out_ ov_shape_t *shape)'),
    portType: f('int ov_port_get_element_type(void *port, _Out_ int *type)'),
    portFree: free('ov_output_const_port_free'),
    shapeFree: f('int ov_shape_free(_Inout_ ov_shape_t *shape)'),
    createRequest: f('int ov_compiled_model_create_infer_request(void *compiled, _Out_ void **request)'),
    requestFree: free('ov_infer_request_free'),
    tensorCreate: f('int ov_tensor_create(int type, ov_shape_t shape, _Out_ void **tensor)'),
    tensorData: f('int ov_tensor_data(void *tensor, _Out_ void **data)'),
    tensorBytes: f('int ov_tensor_get_byte_size(void *tensor, _Out_ size_t *bytes)'),
    tensorFree: free('ov_tensor_free'),
    setInput: f('int ov_infer_request_set_input_tensor_by_index(void *request, size_t index, void *tensor)'),
    output: f('int ov_infer_request_get_output_tensor_by_index(void *request, size_t index, _Out_ void **tensor)'),
    infer: f('int ov_infer_request_infer(void *request)'),
    profile: f('int ov_infer_request_get_profiling_info(void *request, _Out_ ov_profiling_info_list_t *list)'),
    profileFree: f('void ov_profiling_info_list_free(_Inout_ ov_profiling_info_list_t *list)'),
  };
}
