import type { Tensor } from 'onnxruntime-node';
import type { Runtime } from '../computing/runtime.ts';
import { openSession, tensorOf } from './session.ts';

export const onnxRuntime: Runtime<Tensor> = {
  name: () => 'ONNX Runtime on the CPU',
  open: openSession,
  picture: tensorOf,
};
