import koffi from 'koffi';
import { type Foreign, openFirst, type Pointer } from '../computing/foreign.ts';

// TensorFlow Lite's C interface (c_api.h of 2.9), as far as it is needed. A TfLiteTensor belongs to its interpreter; an
// interpreter reads from its model, and a model from the bytes that it was made of, for as long as they live.

type ModelPtr = Pointer<'model'>;
type OptionsPtr = Pointer<'options'>;
type InterpreterPtr = Pointer<'interpreter'>;
type TensorPtr = Pointer<'tensor'>;
/** What takes operators over from the library; another library makes it. */
export type DelegatePtr = Pointer<'delegate'>;

export interface Quantization {
  readonly scale: number;
  readonly zero_point: number;
}

export interface TfliteLibrary {
  /** Of the file that was loaded. */
  readonly path: string;
  /** See computing/foreign.ts. */
  readonly standIn: string | null;
  version(): string;
  /** `null`: not a TensorFlow Lite model. */
  modelCreate(bytes: Uint8Array, length: number): ModelPtr | null;
  modelDelete(model: ModelPtr): void;
  optionsCreate(): OptionsPtr;
  optionsDelete(options: OptionsPtr): void;
  setThreads(options: OptionsPtr, threads: number): void;
  addDelegate(options: OptionsPtr, delegate: DelegatePtr): void;
  /** `null`: an operator that it does not know, or a delegate that failed. */
  interpreterCreate(model: ModelPtr, options: OptionsPtr): InterpreterPtr | null;
  interpreterDelete(interpreter: InterpreterPtr): void;
  /** These three answer a TfLiteStatus: 0 is well. */
  allocate(interpreter: InterpreterPtr): number;
  invoke(interpreter: InterpreterPtr): number;
  inputs(interpreter: InterpreterPtr): number;
  outputs(interpreter: InterpreterPtr): number;
  input(interpreter: InterpreterPtr, index: number): TensorPtr;
  output(interpreter: InterpreterPtr, index: number): TensorPtr;
  type(tensor: TensorPtr): number;
  rank(tensor: TensorPtr): number;
  dimension(tensor: TensorPtr, index: number): number;
  bytes(tensor: TensorPtr): number;
  quantization(tensor: TensorPtr): Quantization;
  /** A TfLiteStatus. */
  copyIn(tensor: TensorPtr, data: Uint8Array, bytes: number): number;
  copyOut(tensor: TensorPtr, data: Uint8Array, bytes: number): number;
}

/** What `type` answers. */
export const TENSOR_TYPE = { float32: 1, uint8: 3, int8: 9 } as const;

let opened: TfliteLibrary | null = null;

/** Opens the first of the files that is there and fits; throws a sentence with what the loader said of each. One per process. */
export function openTflite(files: readonly string[]): TfliteLibrary {
  opened ??= openFirst('TensorFlow Lite C library', files, bind);
  return opened;
}

for (const name of ['TfLiteModel', 'TfLiteInterpreterOptions', 'TfLiteInterpreter', 'TfLiteTensor']) koffi.opaque(name);
koffi.struct('TfLiteQuantizationParams', { scale: 'float', zero_point: 'int32_t' });

function bind({ path, standIn, f }: Foreign): TfliteLibrary {
  return {
    path,
    standIn,
    version: f('const char *TfLiteVersion(void)'),
    modelCreate: f('TfLiteModel *TfLiteModelCreate(const void *bytes, size_t length)'),
    modelDelete: f('void TfLiteModelDelete(TfLiteModel *model)'),
    optionsCreate: f('TfLiteInterpreterOptions *TfLiteInterpreterOptionsCreate(void)'),
    optionsDelete: f('void TfLiteInterpreterOptionsDelete(TfLiteInterpreterOptions *options)'),
    setThreads: f('void TfLiteInterpreterOptionsSetNumThreads(TfLiteInterpreterOptions *options, int32_t threads)'),
    addDelegate: f('void TfLiteInterpreterOptionsAddDelegate(TfLiteInterpreterOptions *options, void *delegate)'),
    interpreterCreate: f(
      'TfLiteInterpreter *TfLiteInterpreterCreate(TfLiteModel *model, TfLiteInterpreterOptions *options)',
    ),
    interpreterDelete: f('void TfLiteInterpreterDelete(TfLiteInterpreter *interpreter)'),
    allocate: f('int TfLiteInterpreterAllocateTensors(TfLiteInterpreter *interpreter)'),
    invoke: f('int TfLiteInterpreterInvoke(TfLiteInterpreter *interpreter)'),
    inputs: f('int32_t TfLiteInterpreterGetInputTensorCount(TfLiteInterpreter *interpreter)'),
    outputs: f('int32_t TfLiteInterpreterGetOutputTensorCount(TfLiteInterpreter *interpreter)'),
    input: f('TfLiteTensor *TfLiteInterpreterGetInputTensor(TfLiteInterpreter *interpreter, int32_t index)'),
    output: f('TfLiteTensor *TfLiteInterpreterGetOutputTensor(TfLiteInterpreter *interpreter, int32_t index)'),
    type: f('int TfLiteTensorType(TfLiteTensor *tensor)'),
    rank: f('int32_t TfLiteTensorNumDims(TfLiteTensor *tensor)'),
    dimension: f('int32_t TfLiteTensorDim(TfLiteTensor *tensor, int32_t index)'),
    bytes: f('size_t TfLiteTensorByteSize(TfLiteTensor *tensor)'),
    quantization: f('TfLiteQuantizationParams TfLiteTensorQuantizationParams(TfLiteTensor *tensor)'),
    copyIn: f('int TfLiteTensorCopyFromBuffer(TfLiteTensor *tensor, const void *data, size_t bytes)'),
    copyOut: f('int TfLiteTensorCopyToBuffer(TfLiteTensor *tensor, _Out_ void *data, size_t bytes)'),
  };
}
