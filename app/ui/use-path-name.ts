import { usePathname } from 'next/navigation';
import { useAwake } from './use-awake.ts';

/** The name at the end of the address; null while the exported page wakes up, empty where there is none. */
export function usePathName(): string | null {
  const path = usePathname();
  if (!useAwake()) return null;
  const last = decodeURIComponent(path.split('/').at(-1) ?? '');
  return last === '_' ? '' : last;
}
