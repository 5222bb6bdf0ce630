import type { Out } from '../computing/foreign.ts';
import { type Forms, formsOf } from '../computing/forms.ts';
import type { Runtime } from '../computing/runtime.ts';
import { plausible } from '../computing/temperature.ts';
import { type Core, check, type OpenvinoLibrary } from './openvino.ts';
import { compiledFor } from './openvino-compile.ts';
import { openOpenvinoSession } from './openvino-session.ts';

/** Throws a sentence where there is no stick, or a release that does not know it. */
export function openvinoRuntime(library: OpenvinoLibrary, wanted: string | null): Runtime<Forms> {
  const version = library.version();
  if (!version.startsWith('2022.'))
    throw new Error(
      `OpenVINO ${version} does not know the NCS2: 2022.3 is the last release that does (${library.path})`,
    );
  const made: Out<Core> = [null];
  check('ov_core_create', library.coreCreate(made));
  const core = made[0]!; // it went well
  const device = chosen(library, core, wanted);
  // without it there are no device times; everything else is as well
  library.setProperty(core, device, 'PERF_COUNT', 'YES');
  return {
    name: () => `OpenVINO ${version} on the NCS2 (${device})`,
    library,
    slots: 1,
    open: async (bytes) => openOpenvinoSession(library, await compiledFor(library, core, device, bytes)),
    picture: formsOf,
    temperatureC: () => plausible(Number.parseFloat(library.property(core, device, 'DEVICE_THERMAL') ?? '')),
    close: () => library.coreFree(core),
  };
}

/** One stick is "MYRIAD"; of several, each has its place behind a dot. */
function chosen(library: OpenvinoLibrary, core: Core, wanted: string | null): string {
  try {
    const devices = library.devices(core);
    const sticks = devices.filter((name) => /^MYRIAD(\.|$)/.test(name));
    const found = sticks.find((name) => wanted === null || name === wanted || name === `MYRIAD.${wanted}`);
    if (found !== undefined) return found;
    const whose = wanted === null ? 'no NCS2' : `no NCS2 "${wanted}"`;
    throw new Error(
      `ov_core_get_available_devices: there is ${whose}; there are: ${devices.join(', ') || 'none'}. Is it plugged in, and may this user open it (udev rule)?`,
    );
  } catch (error) {
    library.coreFree(core);
    throw error;
  }
}
