import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Result } from './brand.ts';
import { type MachineUnit, machineUnits } from './hardware/machine-units.ts';
import { sentence } from './sentence.ts';

/** The environment and the command line, read and checked once. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Names beside the machine's own under which it may be asked for. */
  readonly allowedHosts: readonly string[];
  /** Proxies that are believed when they say for whom they ask, and how they were asked. */
  readonly trustProxy: readonly Network[];
  readonly mode: 'production' | 'dev';
  readonly readyJson: boolean;
  /** Other machines are served, and over HTTPS. */
  readonly secure: boolean;
  /** Other machines are served in the clear: it was allowed on the command line. */
  readonly insecure: boolean;
  /** What stands before /sys and /proc where the machine is looked at; empty: this machine. */
  readonly machineRoot: string;
  /** What this machine's own processor computes with. */
  readonly units: readonly MachineUnit[];
  /** Where prisma/, dist/, out/ and public/ are. */
  readonly root: string;
  readonly version: string;
}

/** An address, or all that begin alike: 10.0.0.0/8. */
export interface Network {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

const environment = z.object({
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().min(1).default('data'),
  ALLOWED_HOSTS: z.string().default(''),
  TRUST_PROXY: z.string().default(''),
  SWITCHYARD_ROOT: z.string().default(''),
  SWITCHYARD_UNITS: z.string().default('onnx'),
  MODE: z.enum(['production', 'dev']).default('production'),
});
type Environment = Readonly<Record<string, string | undefined>>;
const FLAGS = ['--ready-json', '--insecure-http'];

export function readConfig(env: Environment, argv: readonly string[]): Result<Config> {
  const unknown = argv.find((flag) => !FLAGS.includes(flag));
  if (unknown !== undefined) return no(`there is no flag "${unknown}"; there are ${FLAGS.join(' and ')}`);
  const read = environment.safeParse(withoutEmpty(env));
  if (!read.success) return no(`${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`);
  const { HOST, PORT, DATA_DIR, ALLOWED_HOSTS, MODE, SWITCHYARD_ROOT } = read.data;
  const units = machineUnits(read.data.SWITCHYARD_UNITS);
  if (!units.ok) return no(`SWITCHYARD_UNITS: ${units.error}`);
  const trustProxy = networksIn(read.data.TRUST_PROXY);
  if (!trustProxy.ok) return no(`TRUST_PROXY: ${trustProxy.error}`);
  const beyond = !isLoopback(HOST);
  const insecure = beyond && argv.includes('--insecure-http');
  const root = fileURLToPath(new URL('..', import.meta.url)); // of server/ and of dist/ alike
  return {
    ok: true,
    value: {
      host: HOST,
      port: PORT,
      dataDir: resolve(DATA_DIR),
      allowedHosts: ALLOWED_HOSTS.split(',')
        .map((name) => name.trim().toLowerCase())
        .filter(Boolean),
      trustProxy: trustProxy.value,
      mode: MODE,
      machineRoot: SWITCHYARD_ROOT,
      readyJson: argv.includes('--ready-json'),
      secure: beyond && !insecure,
      insecure,
      units: units.value,
      root,
      version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
    },
  };
}

function networksIn(list: string): Result<Network[]> {
  const networks: Network[] = [];
  for (const text of list.split(',').map((each) => each.trim())) {
    if (text === '') continue;
    const [address = '', bits, more] = text.split('/');
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const sensible = version !== 0 && more === undefined && (bits === undefined || /^\d{1,3}$/.test(bits));
    if (!sensible || Number(bits ?? most) > most)
      return { ok: false, error: `"${text}" is no address, such as 127.0.0.1, and no network, such as 10.0.0.0/8` };
    networks.push({ address, bits: Number(bits ?? most), family: version === 4 ? 'ipv4' : 'ipv6' });
  }
  return { ok: true, value: networks };
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const no = (error: string): Result<Config> => ({ ok: false, error: sentence(error) });
const withoutEmpty = (env: Environment) => Object.fromEntries(Object.entries(env).filter(([, value]) => value));
