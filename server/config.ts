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

const environment = z.object({
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().min(1).default('data'),
  ALLOWED_HOSTS: z.string().default(''),
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

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const no = (error: string): Result<Config> => ({ ok: false, error: sentence(error) });
const withoutEmpty = (env: Environment) => Object.fromEntries(Object.entries(env).filter(([, value]) => value));
