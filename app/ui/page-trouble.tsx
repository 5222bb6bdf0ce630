import { useEffect, useRef } from 'react';
import { useLive } from './live/store.ts';
import { NothingHere } from './nothing-here.tsx';
import { PageTitle } from './page-title.tsx';
import { useWords } from './words/language.ts';

/** A page whose code could not be fetched because the board is gone, or that failed; it comes back by itself with the board. */
export function PageTrouble({ error }: { readonly error: Error }) {
  const w = useWords();
  const connection = useLive((live) => live.connection);
  const gone = connection === 'lost' || /load chunk/i.test(error.message);
  const wasLost = useRef(false);
  useEffect(() => {
    if (connection === 'lost') wasLost.current = true;
    else if (connection === 'live' && wasLost.current) location.reload();
  }, [connection]);
  return (
    <>
      <PageTitle title={w.common.failed} />
      <NothingHere sentence={gone ? w.common.unreachable : w.common.pageFailed}>
        <button type="button" className="btn btn-primary" onClick={() => location.reload()}>
          {w.common.again}
        </button>
      </NothingHere>
    </>
  );
}
