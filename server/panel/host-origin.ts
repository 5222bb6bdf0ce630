import type { IncomingHttpHeaders } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';

/** Names under which this board may be asked for; anything else is somebody's rebound name. */
export interface HostList {
  allows(host: string | undefined): boolean;
  /** All of them, as in a Host header without its port. */
  names(): readonly string[];
}

const REFRESH_MS = 10_000;

/** Loopback, the machine's own names and addresses (which change), and those that were configured. */
export function createHostList(configured: readonly string[]): HostList {
  const fixed = ['localhost', '127.0.0.1', '[::1]', ...configured.map((name) => name.toLowerCase())];
  let own = new Set<string>();
  let readAtMs = Number.NEGATIVE_INFINITY;
  const names = () => {
    if (performance.now() - readAtMs > REFRESH_MS) {
      own = new Set([...fixed, ...ownNames()]);
      readAtMs = performance.now();
    }
    return own;
  };
  return {
    names: () => [...names()],
    allows(host) {
      const name = host === undefined ? null : nameOf(host);
      return name !== null && names().has(name);
    },
  };
}

function ownNames(): string[] {
  const name = hostname().toLowerCase();
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return [
    name,
    `${name.replace(/\.local$/, '')}.local`,
    ...addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address.split('%')[0]}]` : address)),
  ];
}

/** "board.local:8080" → "board.local"; null when it is not a host and an optional port. */
function nameOf(host: string): string | null {
  const [, name] = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.exec(host) ?? [];
  return name?.toLowerCase() ?? null;
}

const TLS: readonly string[] = ['https:'];
/** A proxy on this machine may have taken the encryption off. */
const PLAIN: readonly string[] = ['http:', 'https:'];

/**
 * A page of another site may make a browser send anything; what it cannot do is lie about where it comes from. `encrypted`: how
 * the question came; what was loaded over plain HTTP is another site than the same over HTTPS.
 */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, encrypted: boolean): boolean {
  if (origin === undefined || host === undefined) return false;
  if (!URL.canParse(origin) || !URL.canParse(`http://${host}`)) return false;
  const url = new URL(origin);
  if (url.origin !== origin || !(encrypted ? TLS : PLAIN).includes(url.protocol)) return false;
  return url.host === new URL(`${url.protocol}//${host}`).host;
}

/** Sent by browsers only; a site that is not ours has no business with anything but looking at the front page. */
export const isForeignSite = (headers: IncomingHttpHeaders): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
