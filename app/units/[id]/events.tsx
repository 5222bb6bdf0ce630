import Link from 'next/link';
import { useState } from 'react';
import type { KeptUnitEvent, Page } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { Section } from '../../ui/section.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { eventText, TONES } from '../event-words.ts';

interface Props {
  readonly unit: string;
  /** The newest of them. */
  readonly events: Page<KeptUnitEvent>;
}

const COLOURS = { bad: 'text-bad', warn: 'text-warn', good: 'text-good', plain: 'text-quiet' } as const;

/** What happened to the unit and what people did to it, newest first. */
export function Events({ unit, events }: Props) {
  const w = useWords();
  const [older, setOlder] = useState<readonly KeptUnitEvent[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const newest = new Set(events.items.map(({ id }) => id));
  const all = [...events.items, ...older.filter(({ id }) => !newest.has(id))];
  const more = async () => {
    setBusy(true);
    setError(null);
    try {
      const page = await api.get<Page<KeptUnitEvent>>(`/units/${unit}/events?cursor=${all.at(-1)?.id ?? 0}`);
      setOlder((old) => [...old, ...page.items]);
    } catch (error) {
      setError(error);
    }
    setBusy(false);
  };
  return (
    <Section title={w.units.events} hint={w.units.eventsHint}>
      {all.length === 0 && <p className="text-sm text-quiet">{w.units.noEvents}</p>}
      <ol className="grid gap-2.5" data-testid="unit-events">
        {all.map((event) => (
          <OneEvent key={event.id} event={event} />
        ))}
      </ol>
      {all.length < events.total && (
        <button type="button" className="btn mt-3" aria-disabled={busy} disabled={busy} onClick={() => void more()}>
          {w.units.older}
        </button>
      )}
      {error !== null && <Trouble error={error} />}
    </Section>
  );
}

function OneEvent({ event }: { readonly event: KeptUnitEvent }) {
  const w = useWords();
  const f = useFormat();
  const { tone, sign } = TONES[event.kind];
  const text = eventText(event, w, f);
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2 text-sm" data-kind={event.kind}>
      <i aria-hidden="true" className={`text-center not-italic ${COLOURS[tone]}`}>
        {sign}
      </i>
      <span className="min-w-0">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <b className={`font-semibold ${tone === 'plain' ? '' : COLOURS[tone]}`}>{w.units.kind[event.kind]}</b>
          {event.who && <span className="text-xs text-quiet">{w.units.by(event.who)}</span>}
          {event.run !== null && (
            <Link href={`/runs/${event.run}`} prefetch={false} className="link text-xs">
              {w.units.inRun(String(event.run))}
            </Link>
          )}
          <time dateTime={event.at} className="num ml-auto text-xs whitespace-nowrap text-quiet">
            {f.date(event.at)}
          </time>
        </span>
        {text && <span className="block text-xs break-words text-quiet">{text}</span>}
      </span>
    </li>
  );
}
