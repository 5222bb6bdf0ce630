import type { Out } from '../computing/foreign.ts';
import { type Forms, formsOf } from '../computing/forms.ts';
import type { Runtime } from '../computing/runtime.ts';
import { plausible } from '../computing/temperature.ts';
import { check, type Device, type MvncLibrary, NOT_FOUND, OPTION } from './mvnc.ts';
import { openMvncSession } from './mvnc-session.ts';

/** Boots the stick and keeps it. Throws a sentence where there is none. */
export function mvncRuntime(library: MvncLibrary, wanted: string | null): Runtime<Forms> {
  const { device, name } = chosen(library, wanted);
  try {
    check('ncDeviceOpen', library.deviceOpen(device));
  } catch (error) {
    library.deviceDestroy([device]);
    throw error;
  }
  const version = new Uint32Array(4);
  check('ncGlobalGetOption', library.globalOption(OPTION.apiVersion, version, [version.byteLength]));
  return {
    name: () => `NCAPI ${version.join('.')} on the NCS2 ${name}`,
    library,
    slots: 1,
    open: async (bytes) => openMvncSession(library, device, bytes),
    picture: formsOf,
    temperatureC: () => temperatureOf(library, device),
    close() {
      library.deviceClose(device);
      library.deviceDestroy([device]);
    },
  };
}

/** By its number, or by the name that the library gives it. */
function chosen(library: MvncLibrary, wanted: string | null): { device: Device; name: string } {
  const number = wanted === null ? 0 : /^\d+$/.test(wanted) ? Number(wanted) : null;
  const names: string[] = [];
  for (let index = number ?? 0; ; index++) {
    const made: Out<Device> = [null];
    const code = library.deviceCreate(index, made);
    if (code === NOT_FOUND && number === null)
      throw new Error(`ncDeviceCreate: there is no NCS2 "${wanted}"; there are: ${names.join(', ') || 'none'}`);
    check('ncDeviceCreate', code);
    const device = made[0]!; // it went well
    const name = nameOf(library, device);
    if (number !== null || name === wanted) return { device, name };
    names.push(name);
    library.deviceDestroy([device]);
  }
}

/** The last 25 of them, the newest first. */
function temperatureOf(library: MvncLibrary, device: Device): number | null {
  const history = new Float32Array(25);
  const bytes = new Uint8Array(history.buffer);
  const code = library.deviceOption(device, OPTION.temperatures, bytes, [bytes.length]);
  return code === 0 ? plausible(history[0]!) : null; // there are 25
}

function nameOf(library: MvncLibrary, device: Device): string {
  const text = new Uint8Array(28);
  const code = library.deviceOption(device, OPTION.deviceName, text, [text.length]);
  return code === 0 ? Buffer.from(text).toString().split('\0')[0]! : 'without a name'; // splitting gives one at least
}
