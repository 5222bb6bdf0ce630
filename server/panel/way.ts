import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { isLoopback, type Network } from '../config.ts';
import { isLan } from './lan.ts';
import { peerOf } from './peer.ts';
import { isEncrypted } from './tls/front.ts';

/** From where a request came, and how: by its connection, and by what proxies say of it that are trusted (TRUST_PROXY). */
export interface Way {
  /** The last address that nobody trusted vouches for; of whoever forwards unasked, the forwarder's own. */
  addressOf(req: IncomingMessage): string;
  /** Between the browser and whoever it spoke to. */
  isEncrypted(req: IncomingMessage): boolean;
  /** From this machine itself, as far as can be seen. */
  isLocal(req: IncomingMessage): boolean;
  /** From the same network, as far as can be seen. */
  isLan(req: IncomingMessage): boolean;
}

interface Sender {
  readonly address: string;
  /** false: somebody stands between who is not trusted to say for whom, or who does not say it. */
  readonly seen: boolean;
}

export function createWay(trusted: readonly Network[]): Way {
  const list = new BlockList();
  for (const { address, bits, family } of trusted) list.addSubnet(address, bits, family);
  const trusts = (address: string): boolean =>
    isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

  /** From the nearest hop outwards, as long as each is trusted to say who came before it. */
  const senderOf = ({ headers, socket }: IncomingMessage): Sender => {
    let address = peerOf(socket);
    if (!trusts(address)) return { address, seen: !isForwarded(headers) };
    for (const hop of hopsIn(headers).reverse()) {
      if (isIP(hop) === 0) return { address, seen: false };
      address = peerOf({ remoteAddress: hop });
      if (!trusts(address)) break;
    }
    return { address, seen: true };
  };
  return {
    addressOf: (req) => senderOf(req).address,
    isEncrypted(req) {
      const said = trusts(peerOf(req.socket)) ? lastIn(req.headers['x-forwarded-proto']) : undefined;
      return said === undefined ? isEncrypted(req) : said.toLowerCase() === 'https';
    },
    isLocal(req) {
      const { address, seen } = senderOf(req);
      return seen && isLoopback(address);
    },
    isLan(req) {
      const { address, seen } = senderOf(req);
      return seen && isLan(address);
    },
  };
}

const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;

/** Node joins what came in several lines. */
const partsOf = (header: string | readonly string[] | undefined): string[] =>
  header === undefined
    ? []
    : String(header)
        .split(',')
        .map((part) => part.trim());
const hopsIn = (headers: IncomingHttpHeaders): string[] => partsOf(headers['x-forwarded-for']);
const lastIn = (header: string | readonly string[] | undefined): string | undefined => partsOf(header).at(-1);
