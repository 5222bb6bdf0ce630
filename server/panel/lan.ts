import { BlockList, isIP } from 'node:net';

/** Addresses that no router passes on from elsewhere: private, link-local, and the machine itself. */
export function isLan(address: string): boolean {
  const plain = address.split('%', 1)[0] ?? ''; // an interface may stand behind it
  const family = isIP(plain);
  return family !== 0 && LAN.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

const LAN = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  LAN.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  LAN.addSubnet(network, bits, 'ipv6');
