import { type ReactNode, useState } from 'react';
import type { ProfileRecord } from '../../server/panel/wire.ts';
import { useConditions } from '../(board)/conditions.ts';
import { useNow } from '../(board)/use-now.ts';
import { useEvent } from '../ui/live/use-event.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Section } from '../ui/section.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { changeOf, drawDrift, RANGES, type Range, type Span, spanOf } from './drift.ts';

/** What is drawn: a model on one unit, or one model of a unit. */
export interface Pair {
  readonly key: string;
  readonly name: string;
  /** Beside the name. */
  readonly mark?: ReactNode;
  readonly givenMs: number | null;
  readonly is: (record: ProfileRecord) => boolean;
}

interface Props {
  /** Which history: model=… or unit=…. */
  readonly query: string;
  readonly pairs: readonly Pair[];
}

/** How a pair's time has changed over weeks: a small chart for each, on one axis of time. */
export function DriftCharts({ query, pairs }: Props) {
  const w = useWords();
  const nowMs = useNow();
  const [range, setRange] = useState<Range>('month');
  const { data, error, reload } = useSnapshot<readonly ProfileRecord[]>(`/profiles?${query}&limit=5000`);
  useEvent((event) => {
    if (event.type === 'profile' && pairs.some(({ is }) => is({ ...event.profile, measuredAt: '' } as ProfileRecord)))
      reload();
  });
  const span = spanOf(range, data ?? [], nowMs);
  const shown = data?.filter(({ measuredAt }) => Date.parse(measuredAt) >= span.fromMs) ?? [];
  const drawn = pairs
    .map((pair) => ({ pair, records: shown.filter(pair.is) }))
    .filter(({ records }) => records.length > 0);
  return (
    <Section title={w.models.drift} hint={w.models.driftHint} aside={<Ranges range={range} choose={setRange} />}>
      {error && <Trouble error={error} again={reload} />}
      {!data && !error && <div aria-hidden="true" className="h-44" />}
      {data && drawn.length === 0 && <p className="py-6 text-center text-sm text-quiet">{w.models.noHistory}</p>}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-4">
        {drawn.map(({ pair, records }) => (
          <Chart key={pair.key} pair={pair} records={records} span={span} />
        ))}
      </div>
      {drawn.length > 0 && <AsTable drawn={drawn} />}
    </Section>
  );
}

function Ranges({ range, choose }: { readonly range: Range; choose(range: Range): void }) {
  const w = useWords();
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{w.models.range}</legend>
      {RANGES.map((each) => (
        <button
          key={each}
          type="button"
          className="btn px-2.5 text-xs"
          aria-pressed={each === range}
          onClick={() => choose(each)}
        >
          {w.models.ranges[each]}
        </button>
      ))}
    </fieldset>
  );
}

interface Drawn {
  readonly pair: Pair;
  readonly records: readonly ProfileRecord[];
}
const BOX = { width: 260, height: 84 };
const LEFT = 54;

function Chart({ pair, records, span }: Drawn & { readonly span: Span }) {
  const w = useWords();
  const f = useFormat();
  const conditions = useConditions();
  const drawing = drawDrift(records, pair.givenMs, span, BOX);
  const last = records.at(-1);
  const { day } = useFormat();
  return (
    <figure className="min-w-0 rounded-lg border border-line p-3" data-testid="drift-chart">
      <figcaption className="mb-1 flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="flex min-w-0 items-center gap-2 font-medium">
          {pair.mark}
          <span className="truncate">{pair.name}</span>
        </span>
        <span className="num ml-auto">
          {f.ms(last?.meanMs)}
          {last?.ciMs != null && <span className="text-xs text-quiet"> {f.giveOrTake(last.ciMs)}</span>}
        </span>
        <span className="w-full text-xs text-quiet">
          <Change records={records} />
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={w.models.chart(pair.name, f.number(records.length), f.ms(last?.meanMs))}
        viewBox={`0 0 ${BOX.width + LEFT + 8} ${BOX.height + 26}`}
        className="w-full text-quiet"
      >
        <g transform={`translate(${LEFT} 6)`}>
          {[0, BOX.height].map((y) => (
            <line key={y} x1="0" x2={BOX.width} y1={y} y2={y} stroke="var(--line)" />
          ))}
          <Label x={-6} y={4} text={f.ms(drawing.highMs)} end />
          <Label x={-6} y={BOX.height + 3} text={f.ms(drawing.lowMs)} end />
          <Label x={0} y={BOX.height + 16} text={day(span.fromMs)} />
          <Label x={BOX.width} y={BOX.height + 16} text={day(span.toMs)} end />
          {drawing.givenY !== null && (
            <line
              x1="0"
              x2={BOX.width}
              y1={drawing.givenY}
              y2={drawing.givenY}
              stroke="var(--quiet)"
              strokeDasharray="4 4"
            />
          )}
          <polyline points={drawing.line} fill="none" stroke="var(--accent)" strokeWidth="1.6" strokeLinejoin="round" />
          {drawing.points.map(({ x, y, high, low, record }) => (
            <g key={record.measuredAt} stroke="var(--accent)">
              <title>{`${f.ms(record.meanMs)}${record.ciMs === null ? '' : ` ${f.giveOrTake(record.ciMs)}`} · ${conditions(record)}`}</title>
              <line x1={x} x2={x} y1={high} y2={low} strokeWidth="1.4" />
              <circle cx={x} cy={y} r="2.8" fill="var(--surface)" strokeWidth="1.8" />
            </g>
          ))}
        </g>
      </svg>
    </figure>
  );
}

function Label({
  x,
  y,
  text,
  end = false,
}: {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly end?: boolean;
}) {
  return (
    <text x={x} y={y} fontSize="10.5" fill="currentColor" textAnchor={end ? 'end' : 'start'}>
      {text}
    </text>
  );
}

function Change({ records }: { readonly records: readonly ProfileRecord[] }) {
  const w = useWords();
  const f = useFormat();
  const change = changeOf(records);
  const since = f.date(records[0]?.measuredAt ?? null);
  if (records.length < 2) return `${w.models.once}, ${since}`;
  if (change === null) return w.models.steady(since);
  return (
    <span className={change > 0 ? 'text-warn' : 'text-good'}>
      {w.models.change(`${change > 0 ? '+' : '−'}${f.share(Math.abs(change), 1)}`, since)}
    </span>
  );
}

/** Every point with its figures: a chart is a picture, and this is what it says. */
function AsTable({ drawn }: { readonly drawn: readonly Drawn[] }) {
  const w = useWords();
  const f = useFormat();
  const conditions = useConditions();
  const rows = drawn
    .flatMap(({ pair, records }) => records.map((record) => ({ pair, record })))
    .sort((a, b) => b.record.measuredAt.localeCompare(a.record.measuredAt));
  return (
    <details className="mt-4">
      <summary className="link w-fit text-sm">{w.models.asTable}</summary>
      <ScrollX name={w.models.drift} className="mt-2 max-h-96 overflow-y-auto">
        <table className="table" data-testid="drift-table">
          <thead>
            <tr>
              <th scope="col">{w.models.date}</th>
              <th scope="col">{w.models.unit}</th>
              {[w.models.mean, w.board.profile.p99, w.board.profile.load, w.models.samples].map((name) => (
                <th key={name} scope="col" className="num">
                  {name}
                </th>
              ))}
              <th scope="col">{w.models.conditions}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ pair, record }) => (
              <tr key={`${pair.key} ${record.measuredAt}`}>
                <td className="num whitespace-nowrap">{f.date(record.measuredAt)}</td>
                <td className="whitespace-nowrap">{pair.name}</td>
                <td className="num">
                  {f.ms(record.meanMs)}
                  {record.ciMs !== null && <span className="text-quiet"> {f.giveOrTake(record.ciMs)}</span>}
                </td>
                <td className="num">{f.ms(record.p99Ms)}</td>
                <td className="num">{f.ms(record.loadMs || null)}</td>
                <td className="num">{f.number(record.samples)}</td>
                <td className="text-xs whitespace-nowrap text-quiet">{conditions({ ...record, measuredAt: null })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </details>
  );
}
