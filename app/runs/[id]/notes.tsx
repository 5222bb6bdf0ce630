import { isOver } from '../../../server/application/status.ts';
import type { RunDetail, RunNote } from '../../../server/panel/wire.ts';
import { driftOf } from '../../ui/gantt/drift-note.ts';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { noteSentence } from './note-words.ts';

const BAD: readonly RunNote['kind'][] = ['unit-lost', 'job-failed', 'fault', 'throttled'];
/** A unit that became slower is news as bad as one that was lost; one that became quicker is not. */
const isBad = ({ kind, text }: RunNote) => BAD.includes(kind) || (kind === 'drift' && (driftOf(text)?.factor ?? 2) > 1);
const MOST = 200;

/** What happened besides: units lost and back, units that changed their speed, faults set, jobs queued again. */
export function Notes({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const f = useFormat();
  const shown = run.notes.slice(-MOST);
  if (shown.length === 0 && !isOver(run.status)) return null;
  return (
    <Section title={w.run.notes} anchor="events" flush>
      {shown.length === 0 && <p className="px-4 pb-3 text-sm text-quiet">{w.run.notesEmpty}</p>}
      <ul className="max-h-72 divide-y divide-line overflow-y-auto" aria-live="polite">
        {shown.map((note, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes are only ever added at the end
          <li key={i} className="num flex flex-wrap items-baseline gap-x-3 px-4 py-2 text-sm">
            <span className="w-20 text-quiet">{f.ms(note.atMs)}</span>
            <span className={`chip ${isBad(note) ? 'bg-bad-soft text-bad' : ''}`}>{w.run.noteKind[note.kind]}</span>
            {note.unit && (
              <span className="font-medium">{run.units.find((u) => u.id === note.unit)?.name ?? note.unit}</span>
            )}
            <span className="min-w-0 flex-1 text-quiet max-sm:basis-full">{noteSentence(note, w, f)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
