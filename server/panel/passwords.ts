import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// 142 ms and 32 MiB a hash (x86, 2026-11). Two at once at most, so that guessing neither fills the memory nor starves a run.
const LN = 15;
const R = 8;
const P = 3;
const BYTES = 32;
const AT_ONCE = 2;

/** As a PHC string, which carries its parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await oneOfTwo(() => work(password, salt, LN, R, P));
  return `$scrypt$ln=${LN},r=${R},p=${P}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** A user that does not exist (`null`) costs the same and is told no. */
export async function passwordIs(password: string, phc: string | null): Promise<boolean> {
  const [, ln, r, p, salt, hash] = FORM.exec(phc ?? '') ?? FORM.exec(NOBODY) ?? [];
  const expected = Buffer.from(hash ?? '', 'base64');
  const found = await oneOfTwo(() =>
    work(password, Buffer.from(salt ?? '', 'base64'), Number(ln), Number(r), Number(p)),
  );
  return timingSafeEqual(found, expected) && phc !== null;
}

/** Whether it was made when a hash cost less than today. */
export function isOutdated(phc: string): boolean {
  const [, ln, r, p] = FORM.exec(phc)?.map(Number) ?? [];
  return (ln ?? 0) < LN || (r ?? 0) < R || (p ?? 0) < P;
}

/** 80 bits in four groups that can be read out, without letters that look like others. */
export const initialPassword = (): string =>
  Array.from(randomBytes(16), (byte) => LETTERS[byte % LETTERS.length])
    .join('')
    .match(/.{4}/g)!
    .join('-'); // sixteen letters are four groups

/** 32, so that each is as likely as the others. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

const FORM = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const NOBODY = `$scrypt$ln=${LN},r=${R},p=${P}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
const work = (password: string, salt: Buffer, ln: number, r: number, p: number): Promise<Buffer> =>
  derive(password.normalize('NFKC'), salt, BYTES, { N: 2 ** ln, r, p, maxmem: 64 * 1024 * 1024 });

let working = 0;
const line: (() => void)[] = [];

async function oneOfTwo<T>(hash: () => Promise<T>): Promise<T> {
  if (working >= AT_ONCE) await new Promise<void>((turn) => line.push(turn));
  else working++;
  try {
    return await hash();
  } finally {
    const next = line.shift();
    if (next) next();
    else working--;
  }
}
