import { createPrivateKey, X509Certificate as Read, randomBytes, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

// A certificate authority of this board's own, made at the first start that needs one: DATA_DIR/tls/ca.key and ca.crt, and a
// certificate for the names and addresses that the board has. Whoever trusts ca.crt once trusts the board for ten years.

export interface Pair {
  readonly key: string;
  readonly cert: string;
}
export interface Authority {
  readonly caPem: string;
  /** SHA-256 of the authority's certificate, as browsers show it: "AB:CD:…". */
  readonly fingerprint: string;
  /** What the board shows now. */
  readonly leaf: Pair;
  /** When that ends. */
  readonly validUntil: Date;
  /** Makes another where that ends soon or lacks a name that the board has by now; whether it did. */
  renew(names: readonly string[]): Promise<boolean>;
}

const DAY_MS = 24 * 3_600_000;
const CA_DAYS = 3650;
/** The most that browsers take. */
const LEAF_DAYS = 397;
const RENEW_DAYS_BEFORE = 30;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const crypto = webcrypto as unknown as Crypto;

/** `names`: hosts and IP addresses, as in a Host header without its port. */
export async function openAuthority(
  dataDir: string,
  names: readonly string[],
  now: () => number = Date.now,
): Promise<Authority> {
  const dir = join(dataDir, 'tls');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const ca = readPair(dir, 'ca') ?? (await keep(dir, 'ca', await newAuthority(now())));
  let leaf = readPair(dir, 'leaf');
  const renew = async (wanted: readonly string[]): Promise<boolean> => {
    if (leaf && serves(leaf, ca, wanted, now())) return false;
    leaf = await keep(dir, 'leaf', await newLeaf(ca, wanted, now()));
    return true;
  };
  await renew(names);
  return {
    caPem: ca.cert,
    fingerprint: new Read(ca.cert).fingerprint256,
    get leaf() {
      return leaf!; // made above
    },
    get validUntil() {
      return new Date(new Read(leaf!.cert).validTo); // as above
    },
    renew,
  };
}

/** Both files or nothing: a key without its certificate is of no use. */
function readPair(dir: string, name: string): Pair | null {
  const [key, cert] = [join(dir, `${name}.key`), join(dir, `${name}.crt`)];
  if (!existsSync(key) || !existsSync(cert)) return null;
  const pair = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  try {
    return new Read(pair.cert).checkPrivateKey(createPrivateKey(pair.key)) ? pair : null;
  } catch {
    return null; // cut off while it was written
  }
}

async function keep(dir: string, name: string, pair: Pair): Promise<Pair> {
  for (const [end, text] of [
    ['key', pair.key],
    ['crt', pair.cert],
  ] as const) {
    const file = join(dir, `${name}.${end}`);
    await writeFile(`${file}.part`, text, { mode: 0o600 });
    await rename(`${file}.part`, file);
  }
  return pair;
}

function serves({ cert }: Pair, ca: Pair, names: readonly string[], nowMs: number): boolean {
  const read = new Read(cert);
  if (!read.checkIssued(new Read(ca.cert))) return false;
  if (Date.parse(read.validTo) - nowMs < RENEW_DAYS_BEFORE * DAY_MS || Date.parse(read.validFrom) > nowMs) return false;
  return names.map(plain).every((name) => (isIP(name) ? read.checkIP(name) : read.checkHost(name)) !== undefined);
}

async function newAuthority(nowMs: number): Promise<Pair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const cert = await X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=Switchyard on ${commonName()} (${randomBytes(3).toString('hex')})`,
      ...validity(nowMs, CA_DAYS),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ],
    },
    crypto,
  );
  return pairOf(keys.privateKey, cert);
}

async function newLeaf(ca: Pair, names: readonly string[], nowMs: number): Promise<Pair> {
  const issuer = new X509Certificate(ca.cert);
  const signingKey = await crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(ca.key), ALGORITHM, false, [
    'sign',
  ]);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const hosts = [...new Set(names.map(plain))];
  const alternatives: JsonGeneralNames = hosts.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }));
  const cert = await X509CertificateGenerator.create(
    {
      subject: `CN=${commonName()}`,
      issuer: issuer.subject,
      ...validity(nowMs, LEAF_DAYS),
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(alternatives),
      ],
    },
    crypto,
  );
  return pairOf(keys.privateKey, cert);
}

async function pairOf(privateKey: CryptoKey, cert: X509Certificate): Promise<Pair> {
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');
  return { key: `${key}\n`, cert: `${cert.toString('pem')}\n` };
}

/** From a day before: a browser's clock may be behind. */
const validity = (nowMs: number, days: number) => ({
  serialNumber: randomBytes(15).toString('hex'),
  notBefore: new Date(nowMs - DAY_MS),
  notAfter: new Date(nowMs + (days - 1) * DAY_MS),
});

/** Of a host's name only what needs no quoting. */
const commonName = (): string =>
  hostname()
    .replace(/[^A-Za-z0-9.-]/g, '')
    .slice(0, 40) || 'board';

/** "[::1]" → "::1" */
const plain = (name: string): string => name.replace(/^\[|\]$/g, '');
