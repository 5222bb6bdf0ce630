import { useEffect, useMemo } from 'react';
import type { RunDetail } from '../../../server/panel/wire.ts';
import type { ChartSource } from '../../ui/charts/line-chart.tsx';
import { statePulse } from '../../ui/live/pulse.ts';
import { createSeries } from '../../ui/live/ring.ts';

export interface RunSeries {
  readonly throughput: ChartSource;
  readonly queue: ChartSource;
  readonly latency: ChartSource;
  readonly utilisation: ChartSource;
}

/** The run's figures as they come, twenty times a second, from the moment that somebody looks. */
export function useLiveSeries(run: RunDetail): RunSeries {
  // biome-ignore lint/correctness/useExhaustiveDependencies: units and models of a run never change
  const kept = useMemo(() => {
    const kinds = {
      throughput: createSeries(1),
      queue: createSeries(run.models.length),
      latency: createSeries(3),
      utilisation: createSeries(run.units.length),
    };
    const listeners = new Set<() => void>();
    const hear = (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    const source = (kind: keyof typeof kinds): ChartSource => ({ columns: kinds[kind].columns, hear });
    const sources = {
      throughput: source('throughput'),
      queue: source('queue'),
      latency: source('latency'),
      utilisation: source('utilisation'),
    };
    return { kinds, listeners, sources };
  }, [run.id]);
  useEffect(
    () =>
      statePulse.hear(({ run: live }) => {
        if (live?.run !== run.id || live.phase === 'preparing') return;
        const at = live.elapsedMs / 1000;
        kept.kinds.throughput.push(at, [live.throughput]);
        kept.kinds.queue.push(
          at,
          run.models.map((model) => live.waiting[model.id] ?? 0),
        );
        const latency = live.latency;
        kept.kinds.latency.push(at, latency ? [latency.p50Ms, latency.p95Ms, latency.p99Ms] : []);
        kept.kinds.utilisation.push(
          at,
          run.units.map((unit) => live.utilisation[unit.id] ?? 0),
        );
        for (const listener of kept.listeners) listener();
      }),
    [kept, run],
  );
  return kept.sources;
}
