import Link from 'next/link';
import { isOver } from '../../server/application/status.ts';
import type { ExperimentView } from '../../server/panel/wire.ts';
import { Simulated } from '../ui/simulated.tsx';
import { StatusChip } from '../ui/status-chip.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

export function ExperimentLine({ experiment }: { readonly experiment: ExperimentView }) {
  const w = useWords();
  const f = useFormat();
  const { id, name, spec, runs } = experiment;
  const over = runs.filter((run) => isOver(run.status)).length;
  const total = spec.policies.length * spec.repeats;
  return (
    <li>
      <Link
        href={`/experiments/${id}`}
        prefetch={false}
        className="num grid gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken md:grid-cols-[minmax(0,1fr)_auto] md:items-center"
      >
        <span className="min-w-0">
          <span className="flex flex-wrap items-center gap-2">
            <span className="text-sm text-quiet">#{id}</span>
            <b className="font-semibold">{name || w.experiments.untitled}</b>
            <Simulated source={experiment.source} />
            <StatusChip status={experiment.status} />
          </span>
          <span className="block text-sm text-quiet">
            {spec.policies.join(', ')} · {spec.models.map((m) => `${m.id} × ${f.number(m.jobs)}`).join(', ')}
          </span>
        </span>
        <span className="text-sm text-quiet md:text-right">
          <span className="block">{w.experiments.progress(f.number(over), f.number(total))}</span>
          <span className="block text-xs">
            {f.since(experiment.createdAt, Date.now())} · {w.experiments.by} {experiment.createdBy}
          </span>
        </span>
      </Link>
    </li>
  );
}
