import { join } from 'node:path';
import type { Result } from '../brand.ts';
import { takeLock } from '../hardware/pid-lock.ts';

/** Two servers must never share a data folder. */
export function lockFolder(dataDir: string): Result<() => void> {
  const lock = takeLock(join(dataDir, 'lock'));
  if (lock.ok) return { ok: true, value: lock.release };
  const error =
    lock.holder === null
      ? `${dataDir} was taken by another server at this very moment`
      : `${dataDir} is in use by another server (process ${lock.holder})`;
  return { ok: false, error };
}
