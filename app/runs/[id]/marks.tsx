import Link from 'next/link';
import { useState } from 'react';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { later } from '../../ui/later.tsx';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { useWords } from '../../ui/words/language.ts';
import { NoteIcon } from '../note-icon.tsx';

/** Fetched when somebody opens it. */
const MarksSheet = later(() => import('../marks-sheet.tsx').then((module) => module.MarksSheet));

/** What people made of the run: its tags and their note. */
export function Marks({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const operates = useLive(mayOperate);
  const [editing, setEditing] = useState(false);
  const unmarked = run.tags.length === 0 && run.note === '';
  if (unmarked && !operates) return null;
  return (
    <div className="-mt-2 flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1 text-sm" data-testid="run-marks">
      {run.archived && <span className="chip">{w.runs.archives.yes}</span>}
      {run.tags.map((tag) => (
        <Link
          key={tag}
          href={`/runs?q=tag:${encodeURIComponent(tag)}`}
          prefetch={false}
          className="chip min-h-7 hover:text-text"
          aria-label={w.runs.tags.find(tag)}
        >
          {tag}
        </Link>
      ))}
      {run.note && <span className="min-w-0 max-w-prose whitespace-pre-wrap">{run.note}</span>}
      {operates && (
        <button type="button" className="btn btn-quiet px-2 text-quiet" onClick={() => setEditing(true)}>
          <NoteIcon written={false} />
          {unmarked ? w.runs.marks.add : <span className="sr-only">{w.runs.marks.edit}</span>}
        </button>
      )}
      {editing && <MarksSheet run={run} onClose={() => setEditing(false)} onSaved={() => setEditing(false)} />}
    </div>
  );
}
