import type { Runtime } from '../computing/runtime.ts';
import { channelsLast } from './channels-last.ts';
import type { TfliteLibrary } from './library.ts';
import { openTfliteSession } from './session.ts';

export const tfliteRuntime = (library: TfliteLibrary): Runtime<Float32Array> => ({
  name: () => `TensorFlow Lite ${library.version()} on the CPU`,
  library,
  open: async (bytes, threads) => openTfliteSession(library, bytes, threads),
  picture: (planes) => channelsLast(planes, 1, 3),
});
