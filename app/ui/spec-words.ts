import { useCallback } from 'react';
import { isPaced } from '../../server/application/paced.ts';
import type { ExperimentSpec } from '../../server/panel/wire.ts';
import { useLive } from './live/store.ts';
import { useModelName } from './use-model-name.ts';
import { useFormat } from './words/format.ts';
import { useWords } from './words/language.ts';

/** Says a field of an experiment's question as a person would. */
export function useSpecWords(): (field: string, value: unknown) => string {
  const w = useWords();
  const f = useFormat();
  const modelName = useModelName();
  const boards = useLive(({ board }) => board?.boards);
  return useCallback(
    (field, value) => {
      const unitName = (id: string) => boards?.flatMap((b) => b.units).find((u) => u.id === id)?.name ?? id;
      switch (field) {
        case 'units':
          return (value as ExperimentSpec['units']).map(unitName).join(', ');
        case 'models':
          return (value as ExperimentSpec['models']).map(modelWords).join(', ');
        case 'workload':
          return workloadWords(value as ExperimentSpec['workload']);
        case 'switchMs':
          return typeof value === 'number'
            ? f.ms(value)
            : value === 'forbidden'
              ? w.create.switchForbidden
              : w.create.switchTable;
        case 'warmUpS':
          return value ? `${f.tick(value as number)} s` : w.common.none;
        case 'coolToC':
          return value == null ? w.common.none : `≤ ${f.tick(value as number)} °C`;
        case 'noiseCv':
          return f.share(value as number, 1);
        case 'ranks':
          return value === 'poster'
            ? w.create.ranksPoster
            : value === 'profiler'
              ? w.create.ranksProfiler
              : given(value);
        case 'pictures':
          return f.number((value as readonly string[]).length);
        default:
          return Array.isArray(value) ? value.join(', ') : String(value);
      }
      function workloadWords(workload: ExperimentSpec['workload']): string {
        const { name } = w.create.ways[workload.kind];
        if (workload.kind === 'trace') return `${name} (${workload.trace.slice(0, 8)})`;
        if (!isPaced(workload)) return name;
        const { ratePerS, load } = workload;
        const pace =
          ratePerS === undefined ? w.experiments.atLoad(f.share(load)) : w.experiments.atRate(f.rate(ratePerS));
        const shape =
          workload.kind === 'bursts'
            ? [w.experiments.burst(f.tick(workload.factor), f.ms(workload.burstMs))]
            : workload.kind === 'server'
              ? [`p99 ≤ ${f.ms(workload.p99Ms)}`]
              : [];
        return [name, pace, ...shape].join(', ');
      }
      function modelWords({ id, jobs, deadlineMs, priority }: ExperimentSpec['models'][number]): string {
        const wishes = [
          ...(deadlineMs === undefined ? [] : [`≤ ${f.ms(deadlineMs)}`]),
          ...(priority ? [`${w.create.priority} ${priority}`] : []),
        ];
        return `${modelName(id)} × ${f.number(jobs)}${wishes.length > 0 ? ` (${wishes.join(', ')})` : ''}`;
      }
      function given(ranks: unknown): string {
        const entries = Object.entries(ranks as Record<string, readonly string[]>);
        return entries.map(([unit, models]) => `${unitName(unit)}: ${models.map(modelName).join(' > ')}`).join('; ');
      }
    },
    [w, f, boards, modelName],
  );
}
