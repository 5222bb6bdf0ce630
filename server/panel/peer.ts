import type { Socket } from 'node:net';

/** The address at the other end, IPv4 as such also where a socket of IPv6 took it. */
export const peerOf = ({ remoteAddress }: Pick<Socket, 'remoteAddress'>): string =>
  (remoteAddress ?? '').replace(/^::ffff:/, '');
