import Link from 'next/link';
import { mayOperate, useLive } from '../live/store.ts';
import { StopButton } from '../stop-button.tsx';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';

/** The run of the moment, on every page. */
export function CurrentRun() {
  const w = useWords();
  const f = useFormat();
  const run = useLive((live) => live.state?.run ?? null);
  const experiment = useLive((live) => live.state?.experiment ?? null);
  const operates = useLive(mayOperate);
  if (!run) return null;
  const share = run.total > 0 ? run.done / run.total : 0;
  return (
    <>
      <Link
        href={`/runs/${run.run}`}
        prefetch={false}
        className="chip num relative min-h-8 overflow-hidden bg-accent-soft px-3 text-text"
      >
        <i
          aria-hidden="true"
          className="absolute inset-x-0 bottom-0 h-0.5 origin-left bg-accent"
          style={{ transform: `scaleX(${share})` }}
        />
        <span className="hidden sm:inline">{w.shell.current(String(run.run))}</span>
        <span className="sm:hidden">#{run.run}</span> {f.share(share)}
      </Link>
      {experiment !== null && operates && (
        <span className="hidden sm:inline">
          <StopButton experiment={experiment} />
        </span>
      )}
    </>
  );
}
