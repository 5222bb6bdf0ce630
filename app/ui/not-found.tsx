'use client';

import Link from 'next/link';
import { NothingHere } from './nothing-here.tsx';
import { PageTitle } from './page-title.tsx';
import { show } from './shell/overlay.ts';
import { useWords } from './words/language.ts';

/** Where an address leads nowhere. */
export function NotFound() {
  const w = useWords();
  return (
    <>
      <PageTitle title={w.common.notFoundTitle} />
      <NothingHere sentence={w.common.notFound}>
        <Link href="/" className="btn btn-primary">
          {w.common.toBoard}
        </Link>
        <button type="button" className="btn" onClick={() => show('palette')}>
          {w.palette.open}
        </button>
      </NothingHere>
    </>
  );
}
