import type { ReactNode } from 'react';

/** Things of one kind beside each other. */
export function Shelf({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="border-t border-line py-3 first:border-0">
      <p className="mb-2 text-xs text-quiet">{name}</p>
      <div className="flex flex-wrap items-center gap-4">{children}</div>
    </div>
  );
}
