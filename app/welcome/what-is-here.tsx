import type { ReactNode } from 'react';
import type { Found } from '../../server/panel/wire.ts';
import { boardName } from '../ui/board-name.ts';
import { later } from '../ui/later.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { UnitDot } from '../ui/unit-dot.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** Fetched where there is an address for a phone to open. */
const QrCode = later(() => import('./qr-code.tsx').then((module) => module.QrCode));

interface Props {
  /** null: not known yet. */
  readonly found: Found | null;
  readonly measure: boolean;
  onMeasure(measure: boolean): void;
}

/** What the server found on this machine, before anybody owns it. */
export function WhatIsHere({ found, measure, onMeasure }: Props) {
  const w = useWords();
  if (!found) return <div aria-hidden="true" className="skeleton min-h-80" />;
  return (
    <section aria-label={w.welcome.found} className="grid gap-5 text-sm">
      <h2>{w.welcome.found}</h2>
      <Row name={w.welcome.address}>
        <Addresses found={found} />
      </Row>
      {found.boards.map((board) => (
        <Row
          key={board.id}
          name={
            <>
              {boardName(board, w)} {board.simulated && <Simulated source="simulated" />}
            </>
          }
        >
          <ul className="grid gap-1">
            {board.units.map(({ id, name, status, reason }) => (
              <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span>{name}</span>
                <UnitDot status={status} />
                {reason && <span className="basis-full text-xs text-warn">{reason}</span>}
              </li>
            ))}
          </ul>
        </Row>
      ))}
      <Row name={w.welcome.models}>
        <Models found={found} />
      </Row>
      <Row name={w.welcome.times}>
        {found.measured ? (
          w.welcome.timesKnown
        ) : (
          <>
            <p>{w.welcome.timesUnknown}</p>
            <label className="mt-2 flex min-h-11 items-center gap-2.5">
              <input
                type="checkbox"
                className="size-4.5 accent-accent"
                checked={measure}
                onChange={({ target }) => onMeasure(target.checked)}
              />
              {w.welcome.measure}
            </label>
          </>
        )}
      </Row>
    </section>
  );
}

function Row({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="grid gap-1 border-t border-line pt-3">
      <h3 className="flex items-center gap-2 text-xs font-semibold text-quiet">{name}</h3>
      <div>{children}</div>
    </div>
  );
}

function Addresses({ found: { host, addresses } }: { readonly found: Found }) {
  const w = useWords();
  const [first] = addresses;
  if (!first)
    return (
      <p>
        <b className="font-medium">{host}</b> · <span className="text-quiet">{w.welcome.onlyHere}</span>
      </p>
    );
  return (
    <div className="flex flex-wrap items-start justify-between gap-4">
      <ul className="grid gap-0.5">
        {addresses.map((address) => (
          <li key={address} className="font-mono text-xs leading-5">
            {address}
          </li>
        ))}
      </ul>
      {/* By number: a phone's network may not know the name. */}
      <QrCode text={addresses[1] ?? first} label={w.welcome.scan} />
    </div>
  );
}

function Models({ found: { models } }: { readonly found: Found }) {
  const w = useWords();
  const f = useFormat();
  const ready = models.filter((model) => model.ready).length;
  const all = f.number(models.length);
  return (
    <p>
      {ready < models.length ? w.welcome.modelsReady(f.number(ready), all) : w.welcome.modelsAll(models.length, all)}
      <span className="text-quiet"> · {models.map(({ name }) => name).join(', ')}</span>
    </p>
  );
}
