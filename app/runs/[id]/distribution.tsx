import { useMemo } from 'react';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { type ChartLook, type ChartSource, LineChart } from '../../ui/charts/line-chart.tsx';
import { ecdf, latenciesOf } from '../../ui/charts/trace-series.ts';
import type { Schedule } from '../../ui/gantt/schedule.ts';
import { looksOf } from '../../ui/model-look.ts';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

const HEIGHT = 232;

/** How long jobs took, from arrival to end: each model, and all together. */
export function Distribution({ run, schedule }: { readonly run: RunDetail; readonly schedule: Schedule | null }) {
  const w = useWords();
  const f = useFormat();
  const source = useMemo<ChartSource | null>(() => {
    if (!schedule || schedule.trace.rows === 0) return null;
    const curves = [
      ecdf(latenciesOf(schedule)),
      ...schedule.models.map((_, model) => ecdf(latenciesOf(schedule, model))),
    ];
    const columns = onOneAxis(curves);
    return { columns: () => columns, hear: () => () => {} };
  }, [schedule]);
  const look = useMemo<ChartLook>(() => {
    const looks = looksOf(run.models.map((model) => model.id));
    return {
      lines: [
        { name: w.common.all, colour: '--text' },
        ...run.models.map((model, i) => ({
          name: `${looks[i]?.letter} ${model.name}`,
          colour: looks[i]?.colour ?? '--quiet',
          dash: i % 2 ? [7, 3] : [2, 3],
        })),
      ],
      value: (share) => f.share(share),
      x: f.msTick,
      max: 1,
      logX: true,
      height: HEIGHT,
    };
  }, [run.models, w, f]);
  return (
    <Section title={w.run.ecdf} anchor="latency" hint={w.run.ecdfHint}>
      {source ? (
        <LineChart summary={w.run.ecdfHint} source={source} look={look} />
      ) : (
        <div style={{ height: HEIGHT + 24 }} />
      )}
    </Section>
  );
}

/** Every curve at every moment that any of them has: a step holds its value until the next. */
function onOneAxis(curves: readonly (readonly [Float64Array, Float64Array])[]): Float64Array[] {
  const at = Float64Array.from(new Set(curves.flatMap(([ms]) => [...ms]))).sort();
  return [
    at,
    ...curves.map(([ms, share]) => {
      let next = 0;
      return at.map((moment) => {
        while (next < ms.length && ms[next]! <= moment) next++; // next < length
        return next === 0 ? 0 : (share[next - 1] ?? 1);
      });
    }),
  ];
}
