import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Result } from './brand.ts';

/** The environment and the command line, read and checked once. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Names beside the machine's own under which it may be asked for. */
  readonly allowedHosts: readonly string[];
  readonly mode: 'production' | 'dev';
  readonly readyJson: boolean;
  /** Plain HTTP beyond loopback was allowed on the command line. */
  readonly insecure: boolean;
  /** Where prisma/, dist/, out/ and public/ are. */
  readonly root: string;
  readonly version: string;
}

const environment = z.object({
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().min(1).default('data'),
  ALLOWED_HOSTS: z.string().default(''),
  MODE: z.enum(['production', 'dev']).default('production'),
});
type Environment = Readonly<Record<string, string | undefined>>;
const FLAGS = ['--ready-json', '--insecure-http'];

export function readConfig(env: Environment, argv: readonly string[]): Result<Config> {
  const unknown = argv.find((flag) => !FLAGS.includes(flag));
  if (unknown !== undefined) return no(`there is no flag "${unknown}"; there are ${FLAGS.join(' and ')}`);
  const read = environment.safeParse(withoutEmpty(env));
  if (!read.success) return no(`${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`);
  const { HOST, PORT, DATA_DIR, ALLOWED_HOSTS, MODE } = read.data;
  const insecure = !isLoopback(HOST);
  if (insecure && !argv.includes('--insecure-http')) return no(refusal(HOST));
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
      readyJson: argv.includes('--ready-json'),
      insecure,
      root,
      version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
    },
  };
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const no = (error: string): Result<Config> => ({ ok: false, error });
const withoutEmpty = (env: Environment) => Object.fromEntries(Object.entries(env).filter(([, value]) => value));
const refusal = (host: string): string =>
  `HOST=${host} would send passwords over the network in the clear; add --insecure-http if that network is yours, or leave HOST out to serve this machine only`;
