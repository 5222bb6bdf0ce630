import { usePathname } from 'next/navigation';
import { useAwake } from './use-awake.ts';

/** The number at the end of the address; null while the exported page wakes up, NaN where it is no number. */
export function usePathId(): number | null {
  const path = usePathname();
  if (!useAwake()) return null;
  const last = path.split('/').at(-1) ?? '';
  return /^\d{1,15}$/.test(last) ? Number(last) : Number.NaN;
}
