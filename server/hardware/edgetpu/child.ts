import { attachedFrom } from '../computing/attached.ts';
import { serve } from '../computing/serve.ts';
import { openTflite } from '../tflite/library.ts';
import { tflitePlaces } from '../tflite/places.ts';
import { openEdgetpu } from './library.ts';
import { edgetpuRuntime } from './runtime.ts';

// The process of a unit that computes on an Edge TPU (Coral).

serve(() => {
  const { library, device } = attachedFrom();
  return edgetpuRuntime(openTflite(tflitePlaces(null)), openEdgetpu(library), device);
});
