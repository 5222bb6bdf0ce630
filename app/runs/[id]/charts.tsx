import { useMemo } from 'react';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { type ChartLook, type ChartSource, LineChart } from '../../ui/charts/line-chart.tsx';
import { traceSeries } from '../../ui/charts/trace-series.ts';
import type { Schedule } from '../../ui/gantt/schedule.ts';
import { looksOf } from '../../ui/model-look.ts';
import { Section } from '../../ui/section.tsx';
import type { Format } from '../../ui/words/format.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { askedAtOnce } from './asked-at-once.ts';
import type { RunSeries } from './use-live-series.ts';

interface Props {
  readonly run: RunDetail;
  readonly schedule: Schedule | null;
  /** The trace is whole: the charts are drawn from it. */
  readonly complete: boolean;
  /** As they come. */
  readonly live: RunSeries;
}

const still = (columns: readonly Float64Array[]): ChartSource => ({ columns: () => columns, hear: () => () => {} });

/** Four courses of the run: as they come while it is live, from its trace once it is over. */
export function Charts({ run, schedule, complete, live }: Props) {
  const w = useWords();
  const f = useFormat();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked of a run never changes
  const series = useMemo<RunSeries>(() => {
    if (!complete || !schedule || schedule.trace.rows === 0) return live;
    const { throughput, queue, latency, utilisation } = traceSeries(schedule, undefined, askedAtOnce(run));
    return {
      throughput: still(throughput),
      queue: still(queue),
      latency: still(latency),
      utilisation: still(utilisation),
    };
  }, [complete, schedule, live]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: units and models of a run never change
  const looks = useMemo(() => looksFor(run, f, w.common.perSecond), [run.id, f, w]);
  const charts = [
    ['throughput', w.run.throughput, w.common.perSecond],
    ['queue', w.run.queueDepth, w.gantt.jobs],
    ['latency', w.run.latency, 'p50 / p95 / p99'],
    ['utilisation', w.run.utilisation, ''],
  ] as const;
  return (
    <div className="grid gap-5 md:grid-cols-2 2xl:grid-cols-4">
      {charts.map(([kind, title, unit]) => (
        <Section key={kind} title={title} hint={unit}>
          <LineChart summary={`${title} ${unit}`} source={series[kind]} look={looks[kind]} />
        </Section>
      ))}
    </div>
  );
}

const UNIT_LINES = [
  { colour: '--accent' },
  { colour: '--text', dash: [6, 3] },
  { colour: '--sim', dash: [2, 3] },
  { colour: '--quiet', dash: [9, 3, 2, 3] },
] as const;

function looksFor(run: RunDetail, f: Format, perSecond: string): Record<keyof RunSeries, ChartLook> {
  const models = looksOf(run.models.map((model) => model.id));
  return {
    throughput: { lines: [{ name: perSecond, colour: '--accent' }], value: f.tick },
    queue: {
      lines: run.models.map((model, i) => ({
        name: `${models[i]?.letter} ${model.name}`,
        colour: models[i]?.colour ?? '--text',
        ...(i > 0 ? { dash: i % 2 ? [7, 3] : [2, 3] } : {}),
      })),
      value: f.tick,
    },
    latency: {
      lines: [
        { name: 'p50', colour: '--accent' },
        { name: 'p95', colour: '--text', dash: [6, 3] },
        { name: 'p99', colour: '--bad', dash: [2, 3] },
      ],
      value: f.msTick,
    },
    utilisation: {
      lines: run.units.map((unit, i) => ({ name: unit.name, ...(UNIT_LINES[i % UNIT_LINES.length] ?? UNIT_LINES[0]) })),
      value: (share) => f.share(share),
      max: 1.02,
    },
  };
}
