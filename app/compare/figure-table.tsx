import Link from 'next/link';
import { isOver } from '../../server/application/status.ts';
import type { RunDetail, RunView } from '../../server/panel/wire.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Section } from '../ui/section.tsx';
import { CloseIcon } from '../ui/shell/icons.tsx';
import { StatusChip } from '../ui/status-chip.tsx';
import { ThrottledRun } from '../ui/throttled.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

const FIGURES = ['throughput', 'makespanMs', 'p50Ms', 'p95Ms', 'p99Ms', 'utilisation', 'switches', 'missRate'] as const;
type Figure = (typeof FIGURES)[number];

interface Props {
  readonly runs: readonly RunDetail[];
  readonly base: RunView;
  onBase(id: number): void;
  onLeaveOut(id: number): void;
}

/** Every figure, and how many times the baseline's it is. */
export function FigureTable({ runs, base, onBase, onLeaveOut }: Props) {
  const w = useWords();
  const f = useFormat();
  const names: Record<Figure, string> = {
    throughput: w.common.perSecond,
    makespanMs: w.run.makespan,
    p50Ms: 'p50',
    p95Ms: 'p95',
    p99Ms: 'p99',
    utilisation: w.run.utilisation,
    switches: w.run.switches,
    missRate: w.run.missed,
  };
  /** Deadlines are seldom asked for. */
  const figures = FIGURES.filter((figure) => figure !== 'missRate' || runs.some((run) => run.missRate !== null));
  const show = (figure: Figure, value: number | null) =>
    figure === 'throughput'
      ? f.rate(value)
      : figure === 'utilisation'
        ? f.share(value)
        : figure === 'missRate'
          ? f.share(value, 1)
          : figure === 'switches'
            ? f.number(value)
            : f.ms(value);
  return (
    <Section title={w.compare.figures} hint={`× ${w.compare.ratio}`} flush>
      <ScrollX name={w.compare.figures}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.compare.baseline}</th>
              <th scope="col">{w.runs.title}</th>
              {figures.map((figure) => (
                <th key={figure} scope="col" className="num">
                  {names[figure]}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">{w.gantt.clear}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id} className={run.id === base.id ? 'bg-accent-soft' : ''}>
                <td>
                  <label className="grid size-9 place-items-center">
                    <input
                      type="radio"
                      name="baseline"
                      className="size-4 accent-accent"
                      aria-label={w.compare.makeBase(String(run.id))}
                      checked={run.id === base.id}
                      onChange={() => onBase(run.id)}
                    />
                  </label>
                </td>
                <th scope="row">
                  <span className="flex flex-wrap items-center gap-x-2">
                    <Link href={`/runs/${run.id}`} prefetch={false} className="link num whitespace-nowrap">
                      #{run.id} {run.policy}
                    </Link>
                    {run.status !== 'done' && <StatusChip status={run.status} />}
                    <ThrottledRun run={run} />
                  </span>
                  {isOver(run.status) && run.status !== 'done' && (
                    <span className="block text-xs font-normal text-quiet">{w.compare.partial}</span>
                  )}
                </th>
                {figures.map((figure) => (
                  <td key={figure} className="num">
                    <span className="font-semibold">{show(figure, run[figure])}</span>
                    <span className="block text-xs text-quiet">{ratio(run[figure], base[figure], f.number)}</span>
                  </td>
                ))}
                <td>
                  <button
                    type="button"
                    className="btn btn-quiet px-2"
                    aria-label={w.compare.remove(String(run.id))}
                    onClick={() => onLeaveOut(run.id)}
                  >
                    <CloseIcon />
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}

const ratio = (
  value: number | null,
  base: number | null,
  number: (value: number | null, digits: number) => string,
): string => (value === null || !base ? number(null, 2) : `${number(value / base, 2)} ×`);
