import { basename } from 'node:path';
import type { Runtime } from '../computing/runtime.ts';
import type { TfliteLibrary } from '../tflite/library.ts';
import { tfliteRuntime } from '../tflite/runtime.ts';
import { type Delegate, openTfliteSession } from '../tflite/session.ts';
import type { Device, EdgetpuLibrary } from './library.ts';

/** What edgetpu_compiler puts in the place of all that the Edge TPU will compute. */
const OPERATOR = 'edgetpu-custom-op';

/** TensorFlow Lite with an Edge TPU at its side. Throws a sentence where there is none. */
export function edgetpuRuntime(
  tflite: TfliteLibrary,
  edgetpu: EdgetpuLibrary,
  wanted: string | null,
): Runtime<Float32Array> {
  const device = chosen(edgetpu.devices(), wanted);
  const delegate: Delegate = {
    create() {
      const made = edgetpu.createDelegate(device.type, device.path, null, 0);
      if (made) return made;
      throw new Error(
        `edgetpu_create_delegate: the Edge TPU at ${device.path} could not be opened: does another process use it, may this user (udev rule, group plugdev)?`,
      );
    },
    free: edgetpu.freeDelegate,
  };
  const plain = tfliteRuntime(tflite);
  return {
    ...plain,
    name: () => `Edge TPU at ${device.path} (${edgetpu.version()}) beside TensorFlow Lite ${tflite.version()}`,
    library: { path: edgetpu.path, standIn: edgetpu.standIn ?? tflite.standIn },
    async open(bytes, threads) {
      // TensorFlow Lite would compute it on the CPU, and nobody would know
      if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(OPERATOR))
        throw new Error('the model is not compiled for the Edge TPU: run edgetpu_compiler on its INT8 version');
      return openTfliteSession(tflite, bytes, threads, delegate);
    },
  };
}

/** By its path in sysfs, or the last part of it. */
function chosen(devices: readonly Device[], wanted: string | null): Device {
  const found = devices.find(({ path }) => wanted === null || path === wanted || basename(path) === basename(wanted));
  if (found) return found;
  const there = devices.map(({ path }) => path).join(', ') || 'none';
  throw new Error(
    `edgetpu_list_devices: ${wanted === null ? 'there is no Edge TPU' : `there is no Edge TPU at ${wanted}`} that is free; there are: ${there}`,
  );
}
