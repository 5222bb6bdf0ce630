import { type Foreign, openFirst } from '../computing/foreign.ts';
import type { Forms } from '../computing/forms.ts';
import type { Runtime } from '../computing/runtime.ts';
import { bindMvnc } from './mvnc.ts';
import { mvncRuntime } from './mvnc-runtime.ts';
import { bindOpenvino } from './openvino.ts';
import { openvinoRuntime } from './openvino-runtime.ts';

// Two libraries lead to an NCS2. OpenVINO 2022.3 is the one that was supported last; NCAPI 2 is older, and small. The one that
// is attached, or else found first, says which it is by what it exports.

const OPENVINO = ['libopenvino_c.so.2230', 'libopenvino_c.so'];
const MVNC = ['libmvnc.so.0', 'libmvnc.so'];

export function openNcs2(
  told: string | null,
  device: string | null,
  env: NodeJS.ProcessEnv = process.env,
): Runtime<Forms> {
  const open = openFirst('library for the NCS2 (OpenVINO 2022.3 or NCAPI 2)', ncs2Places(told, env), road);
  return open(device);
}

export function ncs2Places(told: string | null, env: NodeJS.ProcessEnv): string[] {
  if (told !== null) return [told];
  const named = [env.SWITCHYARD_OPENVINO, env.SWITCHYARD_MVNC].filter((file) => file !== undefined && file !== '');
  return named.length > 0 ? (named as string[]) : [...OPENVINO, ...MVNC];
}

function road(library: Foreign): (device: string | null) => Runtime<Forms> {
  if (library.has('ncDeviceCreate')) {
    const mvnc = bindMvnc(library);
    return (device) => mvncRuntime(mvnc, device);
  }
  const openvino = bindOpenvino(library);
  return (device) => openvinoRuntime(openvino, device);
}
