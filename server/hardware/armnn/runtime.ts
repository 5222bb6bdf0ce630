import type { Runtime } from '../computing/runtime.ts';
import { channelsLast } from '../tflite/channels-last.ts';
import type { ArmnnLibrary, Bridge } from './library.ts';
import { openArmnnSession } from './session.ts';

/** What computes: Arm Compute Library, or Arm NN's slow reference, which is for comparing answers and never for a time. */
export type Backend = 'CpuAcc' | 'CpuRef';

/** Strict: a network that the backend cannot compute is refused, never given to another backend in silence. */
export function armnnRuntime(library: ArmnnLibrary, backend: Backend = 'CpuAcc'): Runtime<Float32Array> {
  let bridge: Bridge | null = null;
  const begin = (threads: number): number => {
    // The pool belongs to the process and must not change once a network is loaded; other threads come with another process.
    bridge ??= library.open(backend, null, threads);
    if (!bridge) throw new Error(library.trouble(null));
    const inUse = library.threads();
    return inUse > 0 ? inUse : 1; // the reference has no pool
  };
  const kind = backend === 'CpuRef' ? 'CpuRef, a reference without Arm Compute Library' : backend;
  return {
    name: () => `Arm NN ${library.version()} on ${kind}`,
    library,
    begin,
    async open(bytes, threads) {
      begin(threads);
      if (!bridge) throw new Error('Arm NN was not opened');
      return openArmnnSession(library, bridge, bytes);
    },
    picture: (planes) => channelsLast(planes, 1, 3),
  };
}
