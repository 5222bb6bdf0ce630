import { accessSync, constants } from 'node:fs';
import { type Chip, chipOf, proxyRuns } from '../detect/chip.ts';
import { DEVICE_KINDS, type DeviceKind } from '../detect/kinds.ts';
import { type Environment, libraryFolders, libraryOf } from '../detect/libraries.ts';
import { type Stick, sticksIn } from '../detect/usb.ts';
import { type MachineNow, machineNow } from '../machine-now.ts';
import { probe } from './probe.ts';

/** What there is to be judged. */
export interface Facts {
  readonly node: string;
  /** null: another C library. */
  readonly glibc: string | null;
  readonly chip: Chip;
  readonly proxy: boolean;
  readonly folders: readonly string[];
  readonly devices: readonly {
    readonly kind: DeviceKind;
    readonly stick: (Stick & { readonly access: 'open' | 'denied' | 'missing' }) | null;
    /** Ports of further sticks of its kind. */
    readonly further: readonly string[];
    /** `refused`: the loader's own words. */
    readonly library: { readonly file: string; readonly refused: string | null } | null;
  }[];
  readonly machine: MachineNow;
}

export async function gatherFacts(root = '', env: Environment = process.env): Promise<Facts> {
  const sticks = sticksIn(root);
  const devices = DEVICE_KINDS.map(async (kind) => {
    const [stick = null, ...further] = sticks.filter((each) => each.kind === kind.id);
    const file = libraryOf(kind, root, env);
    return {
      kind,
      stick: stick && { ...stick, access: accessTo(`${root}${stick.node}`) },
      further: further.map(({ port }) => port),
      library: file === null ? null : { file, refused: await probe(file) },
    };
  });
  return {
    ...{ node: process.versions.node, glibc: glibcVersion(), chip: chipOf(root), proxy: proxyRuns(root) },
    folders: libraryFolders(root, env),
    devices: await Promise.all(devices),
    machine: machineNow(root),
  };
}

function accessTo(node: string): 'open' | 'denied' | 'missing' {
  try {
    accessSync(node, constants.R_OK | constants.W_OK);
    return 'open';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'denied';
  }
}

function glibcVersion(): string | null {
  if (!process.report) return null;
  Object.assign(process.report, { excludeNetwork: true }); // looking up names of peers would take seconds
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime ?? null;
}
