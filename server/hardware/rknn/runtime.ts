import { type Forms, formsOf } from '../computing/forms.ts';
import type { Runtime } from '../computing/runtime.ts';
import { check, ID_BYTES, type RknnLibrary } from './library.ts';
import { openRknnSession } from './session.ts';

/** Throws a sentence where there is no NPU. */
export function rknnRuntime(library: RknnLibrary, device: string | null): Runtime<Forms> {
  const on = chosen(library, device);
  /** Only a loaded model can be asked for it. */
  let version = 'version known once a model is loaded';
  return {
    name: () => `RKNN (${version}) on the NPU${on === null ? '' : ` ${on}`}`,
    library,
    async open(bytes) {
      const opened = openRknnSession(library, bytes, on);
      version = opened.version;
      return opened.session;
    },
    picture: formsOf,
  };
}

function chosen(library: RknnLibrary, device: string | null): string | null {
  const found: Parameters<RknnLibrary['findDevices']>[0] = [null];
  check('rknn_find_devices', library.findDevices(found));
  const { n_devices, ids } = found[0]!; // it went well
  const idAt = (n: number) =>
    Buffer.from(ids.subarray(n * ID_BYTES, (n + 1) * ID_BYTES))
      .toString()
      .split('\0')[0];
  const there = Array.from({ length: n_devices }, (_, n) => idAt(n));
  if (there.length === 0) throw new Error('rknn_find_devices: no NPU was found: is npu_transfer_proxy running?');
  if (device !== null && !there.includes(device))
    throw new Error(`rknn_find_devices: there is no NPU "${device}"; there are ${there.join(', ')}`);
  return device;
}
