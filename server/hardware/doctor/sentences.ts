// What the doctor can find, and how it says so. Pages have the same sentences in Korean: app/units/doctor-words.ts.

/** `good`: as it should be. `note`: nothing is wrong, nor there. `warn`: it works, and could do better. `broken`: it does not. */
export type Level = 'good' | 'note' | 'warn' | 'broken';

/** What goes into each sentence. */
export interface FindingArgs {
  readonly node: { readonly version: string };
  readonly 'node-old': { readonly version: string; readonly needed: string };
  readonly glibc: { readonly version: string };
  readonly 'glibc-old': { readonly version: string; readonly needed: string };
  readonly 'glibc-none': Record<never, never>;
  readonly chip: { readonly model: string };
  readonly stick: { readonly device: string; readonly port: string; readonly id: string };
  readonly 'stick-none': { readonly device: string; readonly ids: string };
  readonly 'stick-further': { readonly device: string; readonly ports: string };
  readonly 'stick-slow': { readonly device: string; readonly port: string; readonly mbps: string };
  readonly 'stick-denied': { readonly device: string; readonly node: string; readonly rule: string };
  readonly 'stick-hidden': { readonly device: string; readonly node: string };
  readonly library: { readonly device: string; readonly file: string };
  readonly 'library-none': { readonly device: string; readonly names: string };
  readonly folders: { readonly folders: string };
  readonly 'library-refused': { readonly device: string; readonly file: string; readonly words: string };
  readonly proxy: Record<never, never>;
  readonly 'proxy-none': Record<never, never>;
  readonly governor: { readonly governor: string };
  readonly 'governor-slow': { readonly governor: string };
  readonly heat: { readonly zones: string };
  readonly throttled: { readonly share: string; readonly zones: string };
  readonly 'sensors-none': Record<never, never>;
}
export type FindingCode = keyof FindingArgs;
export type Finding = {
  readonly [C in FindingCode]: { readonly code: C; readonly level: Level; readonly args: FindingArgs[C] };
}[FindingCode];
export type Sentences = { readonly [C in FindingCode]: (args: FindingArgs[C]) => string };

export const SENTENCES: Sentences = {
  node: ({ version }) => `Node ${version}`,
  'node-old': ({ version, needed }) => `Node ${version} is too old: ${needed} is needed`,
  glibc: ({ version }) => `glibc ${version}`,
  'glibc-old': ({ version, needed }) =>
    `glibc ${version} is too old: ${needed} is needed, which Debian 10 was the first to have. Use a newer image, or a container`,
  'glibc-none': () => 'This system has no glibc; the libraries of accelerators need it',
  chip: ({ model }) => `Board: ${model}`,
  stick: ({ device, port, id }) => `${device} is plugged in at port ${port} (${id})`,
  'stick-none': ({ device, ids }) => `${device} is not plugged in (${ids})`,
  'stick-further': ({ device, ports }) =>
    `another ${device} is plugged in at ${ports}, and is not used: one of a kind works at a time`,
  'stick-slow': ({ device, port, mbps }) =>
    `${device} is at a USB 2 port (${port}, ${mbps} Mbit/s): its transfers are slow. Move it to a blue port`,
  'stick-denied': ({ device, node, rule }) =>
    `${device}: this user may not open ${node}. Put this into /etc/udev/rules.d/99-switchyard.rules, add the user to the group plugdev, run "sudo udevadm control --reload" and plug it in again:\n${rule}`,
  'stick-hidden': ({ device, node }) =>
    `${device}: ${node} is not there. A container must be given /dev/bus/usb (docker run --device /dev/bus/usb)`,
  library: ({ device, file }) => `Library for ${device}: ${file}`,
  'library-none': ({ device, names }) => `No library for ${device} was found (${names})`,
  folders: ({ folders }) => `Libraries are looked for in ${folders}`,
  'library-refused': ({ device, file, words }) => `The library for ${device} cannot be loaded (${file}): ${words}`,
  proxy: () => 'npu_transfer_proxy is running',
  'proxy-none': () => 'npu_transfer_proxy is not running: without it no program reaches the NPU. Start it as root',
  governor: ({ governor }) => `The governor is ${governor}`,
  'governor-slow': ({ governor }) =>
    `The governor is ${governor}: the clock follows the load, and times with it. For measurements: echo performance | sudo tee /sys/devices/system/cpu/cpufreq/policy*/scaling_governor`,
  heat: ({ zones }) => `Temperatures: ${zones}`,
  throttled: ({ share, zones }) => `Heat holds the clock at ${share}: ${zones}. Give the board air, or a fan`,
  'sensors-none': () => 'The kernel tells no temperature and no clock',
};

export const sentenceOf = ({ code, args }: Finding, sentences: Sentences = SENTENCES): string =>
  (sentences[code] as (args: Finding['args']) => string)(args);
