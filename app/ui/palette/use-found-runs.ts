import { useEffect, useState } from 'react';
import type { ListedRun, Page } from '../../../server/panel/wire.ts';
import { api } from '../api.ts';

const PAUSE_MS = 150;
const MOST = 6;

/** Runs that the board finds by the text, in the language of its list; none while it is not a search that it understands. */
export function useFoundRuns(text: string): readonly ListedRun[] {
  const [found, setFound] = useState<{ readonly text: string; readonly runs: readonly ListedRun[] }>(NOTHING);
  const asked = text.trim();
  useEffect(() => {
    if (asked.length < 2) return setFound(NOTHING);
    const gone = new AbortController();
    const timer = setTimeout(() => {
      api
        .get<Page<ListedRun>>(`/runs?q=${encodeURIComponent(asked)}&limit=${MOST}`, gone.signal)
        .then(({ items }) => setFound({ text: asked, runs: items }))
        .catch(() => {
          // half a search, or no board: what the palette knows by itself is still there
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [asked]);
  return found.runs;
}

const NOTHING = { text: '', runs: [] };
