import Link from 'next/link';
import type { ListedRun } from '../../server/panel/wire.ts';
import { Simulated } from '../ui/simulated.tsx';
import { StatusChip } from '../ui/status-chip.tsx';
import { ThrottledRun } from '../ui/throttled.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import type { Column } from './columns.ts';
import { TagChips } from './tag-chips.tsx';

interface Props {
  readonly run: ListedRun;
  readonly column: Column;
  onTag(tag: string): void;
  /** Opens its tags and note; missing where one may not. */
  readonly onMarks?: (() => void) | undefined;
}

/** What stands in a column. */
export function RunCell({ run, column, onTag, onMarks }: Props) {
  const w = useWords();
  const f = useFormat();
  switch (column) {
    case 'id':
      return <span className="text-quiet">{run.id}</span>;
    case 'name':
      return (
        <span className="flex min-w-0 items-center gap-2">
          <RunLink run={run} />
          <Simulated source={run.source} />
          <ThrottledRun run={run} />
          {run.archived && <span className="chip">{w.runs.archives.yes}</span>}
        </span>
      );
    case 'policy':
      return <span className="font-medium">{run.policy}</span>;
    case 'status':
      return <StatusChip status={run.status} />;
    case 'source':
      return w.runs.sources[run.source];
    case 'boards':
      return run.boards.join(', ');
    case 'models':
      return <span title={run.models.join(', ')}>{run.models.join(', ')}</span>;
    case 'workload':
      return run.workload;
    case 'throughput':
      return <b className="font-semibold">{f.rate(run.throughput)}</b>;
    case 'utilisation':
      return f.share(run.utilisation);
    case 'missRate':
      return f.share(run.missRate, 1);
    case 'repeat':
    case 'jobs':
    case 'failed':
    case 'switches':
      return f.number(run[column]);
    case 'makespanMs':
    case 'meanMs':
    case 'p50Ms':
    case 'p95Ms':
    case 'p99Ms':
      return f.ms(run[column]);
    case 'startedAt':
      return <span className="text-quiet">{f.since(run.startedAt, Date.now())}</span>;
    case 'note':
      return (
        <span className="text-quiet" title={run.note}>
          {run.note}
        </span>
      );
    case 'tags':
      return <TagChips run={run} onTag={onTag} onMarks={onMarks} />;
    default:
      return column satisfies never;
  }
}

export function RunLink({ run }: { readonly run: ListedRun }) {
  const w = useWords();
  return (
    <Link href={`/runs/${run.id}`} prefetch={false} className="truncate font-medium hover:underline">
      {run.name || w.run.title(String(run.id))}
    </Link>
  );
}
