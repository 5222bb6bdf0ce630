import Link from 'next/link';
import type { ReactNode } from 'react';
import { useWords } from './words/language.ts';

/** Where an address leads nowhere, or a list is empty: one sentence, and a way on. */
export function NothingHere({ sentence, children }: { readonly sentence: string; readonly children?: ReactNode }) {
  const w = useWords();
  return (
    <div className="card grid min-h-64 place-items-center px-6 py-10 text-center">
      <div>
        <p className="font-medium">{sentence}</p>
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          {children ?? (
            <Link href="/" className="btn">
              {w.common.toBoard}
            </Link>
          )}
        </div>
      </div>
    </div>
  );
}
