import { serve } from '../computing/serve.ts';
import { onnxRuntime } from './runtime.ts';

// The process of a unit that computes with ONNX Runtime.

serve(() => onnxRuntime);
