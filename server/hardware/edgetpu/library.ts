import koffi from 'koffi';
import { type Foreign, type Out, openFirst, type Pointer, placesOf } from '../computing/foreign.ts';
import type { DelegatePtr } from '../tflite/library.ts';

// Google's runtime for Edge TPUs (edgetpu_c.h): it lists them, and makes delegates for TensorFlow Lite. When its stick is pulled
// out, or another process takes it, it ends the whole process: that is why a unit has one of its own.

export interface Device {
  /** 0: PCIe, 1: USB. */
  readonly type: number;
  /** In sysfs. */
  readonly path: string;
}
type Devices = Pointer<'devices'>;

export interface EdgetpuLibrary extends Pick<Foreign, 'path' | 'standIn'> {
  version(): string;
  /** Those that nobody has opened, nor this process; none is a sentence's matter. */
  devices(): readonly Device[];
  /** `null`: it cannot be had. */
  createDelegate(type: number, path: string, options: null, count: 0): DelegatePtr | null;
  freeDelegate(delegate: DelegatePtr): void;
}

export const STRUCTS = {
  device: koffi.struct('edgetpu_device', { type: 'int', path: 'const char *' }),
};

export const openEdgetpu = (told: string | null, env: NodeJS.ProcessEnv = process.env): EdgetpuLibrary =>
  openFirst('Edge TPU library', placesOf(told, env.SWITCHYARD_EDGETPU, ['libedgetpu.so.1', 'libedgetpu.so']), bind);

function bind({ path, standIn, f }: Foreign): EdgetpuLibrary {
  const list: (count: Out<number>) => Devices | null = f('void *edgetpu_list_devices(_Out_ size_t *count)');
  const free: (devices: Devices) => void = f('void edgetpu_free_devices(void *devices)');
  return {
    ...{ path, standIn },
    version: f('const char *edgetpu_version(void)'),
    devices() {
      const count: Out<number> = [null];
      const found = list(count);
      if (found === null) return [];
      const devices = koffi.decode(found, STRUCTS.device, count[0] ?? 0) as Device[];
      free(found);
      return devices;
    },
    createDelegate: f('void *edgetpu_create_delegate(int type, const char *path, const void *options, size_t count)'),
    freeDelegate: f('void edgetpu_free_delegate(void *delegate)'),
  };
}
