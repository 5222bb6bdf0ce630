import { hasNpu } from '../detect/chip.ts';
import { isSlow } from '../detect/usb.ts';
import type { MachineNow } from '../machine-now.ts';
import type { Facts } from './facts.ts';
import type { Finding, FindingArgs, FindingCode, Level } from './sentences.ts';
import { udevRule } from './udev.ts';

/** Debian 10's; Node and the libraries that compute need it. */
const GLIBC = '2.28';
const NODE = '20.19';

/** What to make of the facts, in the order of a person who looks: the system, each accelerator, how it runs. */
export function findingsOf(facts: Facts): Finding[] {
  const { node, glibc, chip, machine } = facts;
  return [
    isOlder(node, NODE)
      ? finding('broken', 'node-old', { version: node, needed: NODE })
      : finding('good', 'node', { version: node }),
    glibc === null
      ? finding('warn', 'glibc-none', {})
      : isOlder(glibc, GLIBC)
        ? finding('broken', 'glibc-old', { version: glibc, needed: GLIBC })
        : finding('good', 'glibc', { version: glibc }),
    ...(chip.model === null ? [] : [finding('good', 'chip', { model: chip.model })]),
    ...facts.devices.flatMap((device) => ofDevice(device, facts)),
    finding('note', 'folders', { folders: facts.folders.join(', ') }),
    ...ofMachine(machine),
  ];
}

/** Something that is asked for does not work. */
export const isBroken = (findings: readonly Finding[]): boolean => findings.some(({ level }) => level === 'broken');

type Device = Facts['devices'][number];

function ofDevice(device: Device, { chip, proxy }: Facts): Finding[] {
  const { kind, stick, library } = device;
  const there = kind.usb.length > 0 ? stick !== null : hasNpu(chip);
  const names = kind.libraries.join(', ');
  const { name } = kind;
  const found: Finding[] = [];
  if (stick) found.push(...ofStick(name, stick));
  else if (kind.usb.length > 0) found.push(finding('note', 'stick-none', { device: name, ids: kind.usb.join(', ') }));
  if (device.further.length > 0)
    found.push(finding('note', 'stick-further', { device: name, ports: device.further.join(', ') }));
  if (library === null) {
    if (there || kind.usb.length > 0)
      found.push(finding(stick ? 'broken' : there ? 'warn' : 'note', 'library-none', { device: name, names }));
  } else if (library.refused !== null)
    found.push(
      finding(there ? 'broken' : 'warn', 'library-refused', {
        ...{ device: name, file: library.file, words: library.refused },
      }),
    );
  else found.push(finding('good', 'library', { device: name, file: library.file }));
  if (kind.id === 'npu' && there)
    found.push(proxy ? finding('good', 'proxy', {}) : finding(library ? 'broken' : 'warn', 'proxy-none', {}));
  return found;
}

function ofStick(device: string, stick: NonNullable<Device['stick']>): Finding[] {
  const { port, id, node, access, speedMbps } = stick;
  return [
    finding('good', 'stick', { device, port, id }),
    ...(isSlow(stick) ? [finding('warn', 'stick-slow', { device, port, mbps: String(speedMbps) })] : []),
    ...(access === 'denied' ? [finding('broken', 'stick-denied', { device, node, rule: udevRule(stick.kind) })] : []),
    ...(access === 'missing' ? [finding('broken', 'stick-hidden', { device, node })] : []),
  ];
}

function ofMachine({ governor, clusters, zones, throttled }: MachineNow): Finding[] {
  if (clusters.length === 0 && zones.length === 0) return [finding('note', 'sensors-none', {})];
  const slow = clusters.map((cluster) => cluster.governor).find((each) => each !== null && each !== 'performance');
  const warm = zones.map(({ type, temperatureC }) => `${type} ${temperatureC} °C`).join(', ');
  return [
    ...(slow ? [finding('warn', 'governor-slow', { governor: slow })] : []),
    ...(!slow && governor !== null ? [finding('good', 'governor', { governor })] : []),
    ...(throttled
      ? [finding('warn', 'throttled', { share: `${Math.round(throttled.share * 100)} %`, zones: warm || '–' })]
      : zones.length > 0
        ? [finding('good', 'heat', { zones: warm })]
        : []),
  ];
}

const finding = <C extends FindingCode>(level: Level, code: C, args: FindingArgs[C]): Finding =>
  ({ level, code, args }) as unknown as Finding; // of the same code

/** By its numbers: 2.9 is older than 2.28. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  const at = b!.findIndex((part, i) => (a![i] ?? 0) !== part); // two were split
  return at >= 0 && (a![at] ?? 0) < b![at]!; // as above
}
