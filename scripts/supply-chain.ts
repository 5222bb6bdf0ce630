// What may be in package-lock.json. Judged offline, from the lock alone, so that it holds where no registry answers.

export interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
}
export interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The first version without the named weakness; every copy in the lock counts, wherever it is nested. */
export const MINIMUM: Readonly<Record<string, readonly [version: string, why: string]>> = {
  next: ['16.2.11', 'CVE-2026-44578, 44573, 44574, 23870, CVE-2025-66478, 29927'],
  react: ['19.2.1', 'CVE-2025-55182'],
  'react-dom': ['19.2.1', 'CVE-2025-55182'],
  'socket.io': ['4.6.2', 'CVE-2024-38355'],
  'socket.io-parser': ['4.2.7', 'CVE-2026-69185, 33151, CVE-2023-32695'],
  'engine.io': ['6.4.2', 'CVE-2023-31125'],
  ws: ['8.17.1', 'CVE-2024-37890'],
  cookie: ['0.7.0', 'CVE-2024-47764'],
  sharp: ['0.32.6', 'CVE-2023-4863'],
  postcss: ['8.4.31', 'CVE-2023-44270'],
  nanoid: ['3.3.8', 'CVE-2024-55565'],
  esbuild: ['0.25.0', 'GHSA-67mh-4wv8-f99f'],
  'cross-spawn': ['7.0.5', 'CVE-2024-21538'],
  'xmlhttprequest-ssl': ['2.1.1', 'CVE-2021-31597, CVE-2020-28502'],
  'node-fetch': ['2.6.7', 'CVE-2022-0235'],
  semver: ['7.5.2', 'CVE-2022-25883'],
  lodash: ['4.17.21', 'CVE-2021-23337'],
  mysql2: ['3.9.8', 'CVE-2024-21508, 21511, 21512'],
};

/** A licence is read as SPDX; of alternatives one has to be here, of "and" all. */
const LICENCES = {
  /** In what a board or a browser gets. LGPL: libvips, a library of its own that anybody can replace. CC-BY: data of caniuse-lite. */
  shipped: 'MIT ISC 0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause OFL-1.1 BlueOak-1.0.0 LGPL-3.0-or-later CC-BY-4.0',
  /** Tools besides: nothing of them is passed on. */
  tools: 'MPL-2.0 EPL-2.0 Unlicense CC0-1.0',
};
const SHIPPED: ReadonlySet<string> = new Set(LICENCES.shipped.split(' '));
const ANY: ReadonlySet<string> = new Set([...SHIPPED, ...LICENCES.tools.split(' ')]);

/** Their manifests name no licence in the way that npm reads; what their own LICENSE file says. */
const UNNAMED: Readonly<Record<string, string>> = { 'seq-queue': 'MIT', 'xmlhttprequest-ssl': 'MIT' };

export const nameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 13);

const entriesOf = (lock: Lock): [string, Locked][] => Object.entries(lock.packages).filter(([place]) => place !== '');

/** Packages with a known weakness: "ws 8.16.0 in node_modules/ws is older than 8.17.1 (CVE-2024-37890)". */
export function weak(lock: Lock): string[] {
  return entriesOf(lock).flatMap(([place, { version = '0' }]) => {
    const name = nameOf(place);
    const minimum = Object.hasOwn(MINIMUM, name) ? MINIMUM[name] : undefined;
    if (!minimum || !isOlder(version, minimum[0])) return [];
    return [`${name} ${version} in ${place} is older than ${minimum[0]} (${minimum[1]})`];
  });
}

/** Whether version a was before b. A release candidate is before its release. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split('-', 1)[0]?.split('.').map(Number) ?? []);
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return a.includes('-') && !b.includes('-');
}

/** Packages whose licence is not in the list. */
export function unlicensed(lock: Lock): string[] {
  return entriesOf(lock)
    .map(([place, { license }]) => [nameOf(place), license] as const)
    .filter(([name, said]) => !isAllowed(said ?? UNNAMED[name] ?? '', ANY))
    .map(([name, said]) => `${name}: ${said ?? 'no licence'}`);
}

export const mayShip = (licence: string): boolean => isAllowed(licence, SHIPPED);

function isAllowed(licence: string, allowed: ReadonlySet<string>): boolean {
  const bare = licence.replace(/[()]/g, '');
  if (/ or /i.test(bare)) return bare.split(/ or /i).some((each) => isAllowed(each, allowed));
  return bare.split(/ and /i).every((each) => allowed.has(each.trim()));
}

/** Packages that would run something at their installation. */
export const withScripts = (lock: Lock): string[] =>
  entriesOf(lock)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => nameOf(place))
    .sort();

/** Packages whose content is not held to a digest; what is bundled in another is in that one's. */
export const unverified = (lock: Lock): string[] =>
  entriesOf(lock)
    .filter(([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-'))
    .map(([place]) => place);

/** Direct dependencies that could be another version tomorrow. */
export const unpinned = ({ dependencies, devDependencies }: Manifest): string[] =>
  Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
    .map(([name, version]) => `${name} ${version}`);
