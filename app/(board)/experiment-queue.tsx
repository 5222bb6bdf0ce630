import Link from 'next/link';
import type { ExperimentView } from '../../server/panel/wire.ts';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { Section } from '../ui/section.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { StatusChip } from '../ui/status-chip.tsx';
import { StopButton } from '../ui/stop-button.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** What runs and what waits for the board. */
export function ExperimentQueue({ experiments }: { readonly experiments: readonly ExperimentView[] | null }) {
  const w = useWords();
  const open = experiments?.filter(({ status }) => status === 'queued' || status === 'running');
  return (
    <Section title={w.board.queueTitle} className="h-full">
      {open?.length === 0 && <p className="text-sm text-quiet">{w.board.queueEmpty}</p>}
      <ul className="grid gap-2">
        {open?.map((experiment) => (
          <Waiting key={experiment.id} experiment={experiment} />
        ))}
      </ul>
    </Section>
  );
}

function Waiting({ experiment }: { readonly experiment: ExperimentView }) {
  const w = useWords();
  const f = useFormat();
  const operates = useLive(mayOperate);
  const over = experiment.runs.filter(({ status }) => status !== 'queued' && status !== 'running').length;
  const total = experiment.spec.policies.length * experiment.spec.repeats;
  return (
    <li className="rounded-lg border border-line px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <Link href={`/experiments/${experiment.id}`} prefetch={false} className="link min-w-0 flex-1 truncate text-sm">
          {experiment.name || w.experiments.title1(String(experiment.id))}
        </Link>
        <Simulated source={experiment.source} />
        <StatusChip status={experiment.status} />
      </div>
      <div className="mt-1 flex items-center gap-2">
        <progress
          className="h-1.5 flex-1 appearance-none overflow-hidden rounded-full bg-track [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-track [&::-webkit-progress-value]:bg-accent"
          max={total}
          value={over}
          aria-label={w.experiments.progress(f.number(over), f.number(total))}
        />
        <span className="num text-xs text-quiet">{w.experiments.progress(f.number(over), f.number(total))}</span>
        {operates && <StopButton experiment={experiment.id} />}
      </div>
    </li>
  );
}
