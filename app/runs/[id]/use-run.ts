import { isOver } from '../../../server/application/status.ts';
import type { RunDetail, RunNote, RunView } from '../../../server/panel/wire.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { useLiveSnapshot } from '../../ui/live/use-live-snapshot.ts';
import type { Snapshot } from '../../ui/use-snapshot.ts';

/** A run as it is known now: a snapshot, what was said since, and the snapshot again when it is over. */
export function useRun(id: number): Snapshot<RunDetail> {
  const snapshot = useLiveSnapshot<RunDetail>(`/runs/${id}`);
  const { data, reload, change } = snapshot;
  useEvent((event) => {
    if (event.type === 'run') {
      const { run } = event;
      change((known) => (known.experiment === run.experiment ? withRun(known, run) : known));
      if (run.id === id && (!data || isOver(run.status) || !isOver(data.status))) reload();
    }
    if (event.type === 'runs' && event.runs.includes(id)) reload();
    if (event.type === 'note' && event.run === id)
      change((known) => ({ ...known, notes: withNote(known.notes, event.note) }));
  });
  return snapshot;
}

function withRun(known: RunDetail, run: RunView): RunDetail {
  const siblings = known.siblings.map((other) => (other.id === run.id ? run : other));
  return { ...known, ...(run.id === known.id ? run : {}), siblings };
}

const withNote = (known: readonly RunNote[], note: RunNote): readonly RunNote[] =>
  known.some(
    ({ atMs, kind, unit, text }) =>
      atMs === note.atMs && kind === note.kind && unit === note.unit && text === note.text,
  )
    ? known
    : [...known, note];
