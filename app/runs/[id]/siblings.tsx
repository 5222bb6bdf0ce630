import Link from 'next/link';
import type { RunDetail, RunView, Status } from '../../../server/panel/wire.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

const SIGNS: Record<Status, string> = {
  queued: '○',
  running: '▶',
  done: '✓',
  stopped: '■',
  failed: '✕',
  interrupted: '‖',
};
const MOST = 24;

/** The experiment's runs, so that one can walk along them. */
export function Siblings({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  if (run.siblings.length < 2) return null;
  const done = run.siblings.filter((sibling) => sibling.throughput !== null);
  const place = run.siblings.findIndex((sibling) => sibling.id === run.id);
  const from = Math.max(0, Math.min(place - MOST / 2, run.siblings.length - MOST));
  return (
    <nav aria-label={w.run.siblings} className="flex flex-wrap items-center gap-2">
      {run.siblings.slice(from, from + MOST).map((sibling) => (
        <Sibling key={sibling.id} sibling={sibling} own={sibling.id === run.id} repeats={run.spec.repeats} />
      ))}
      {done.length > 1 && (
        <Link
          href={`/compare?r=${done.slice(0, 12).map(({ id }) => id)}`}
          prefetch={false}
          className="link ml-1 text-sm"
        >
          {w.run.compareAll}
        </Link>
      )}
    </nav>
  );
}

function Sibling({
  sibling,
  own,
  repeats,
}: {
  readonly sibling: RunView;
  readonly own: boolean;
  readonly repeats: number;
}) {
  const w = useWords();
  const f = useFormat();
  return (
    <Link
      href={`/runs/${sibling.id}`}
      prefetch={false}
      aria-current={own ? 'page' : undefined}
      title={w.common.status[sibling.status]}
      className="num flex min-h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 text-sm hover:border-line-strong aria-[current]:border-accent aria-[current]:bg-accent-soft pointer-coarse:min-h-11"
    >
      <span aria-hidden="true" className="text-xs text-quiet">
        {SIGNS[sibling.status]}
      </span>
      <span className="font-medium">
        {sibling.policy}
        {repeats > 1 && ` ${sibling.repeat}`}
      </span>
      {sibling.throughput !== null && <span className="text-quiet">{f.rate(sibling.throughput)}</span>}
      <span className="sr-only">{w.common.status[sibling.status]}</span>
    </Link>
  );
}
