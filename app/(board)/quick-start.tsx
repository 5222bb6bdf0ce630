import Link from 'next/link';
import { useLive } from '../ui/live/store.ts';
import { Section } from '../ui/section.tsx';
import { useWords } from '../ui/words/language.ts';

/** Experiments that are one click from being launched. */
export function QuickStart() {
  const w = useWords();
  const last = useLive(({ board }) => board?.recent[0]?.id);
  return (
    <Section title={w.board.quickStart} className="h-full">
      <div className="grid gap-2">
        <Start
          href="/experiments/new?preset=poster"
          testId="quick-poster"
          name={w.board.poster}
          hint={w.board.posterHint}
        />
        <Start href="/experiments/new?preset=best" testId="quick-best" name={w.board.best} hint={w.board.bestHint} />
        <Start href="/experiments/new?preset=ours" testId="quick-ours" name={w.board.ours} hint={w.board.oursHint} />
        <Start href="/experiments/new?preset=real" testId="quick-real" name={w.board.real} hint={w.board.realHint} />
        {last !== undefined && (
          <Start
            href={`/experiments/new?from=${last}`}
            testId="quick-last"
            name={w.board.repeat}
            hint={w.board.openNew}
          />
        )}
      </div>
    </Section>
  );
}

interface StartProps {
  readonly href: string;
  readonly testId: string;
  readonly name: string;
  readonly hint: string;
}

function Start({ href, testId, name, hint }: StartProps) {
  return (
    <Link
      href={href}
      data-testid={testId}
      className="group flex items-center gap-3 rounded-lg border border-line px-4 py-2 hover:border-accent hover:bg-accent-soft"
    >
      <span className="min-w-0 flex-1">
        <b className="block text-sm font-semibold">{name}</b>
        <span className="text-xs text-quiet">{hint}</span>
      </span>
      <span aria-hidden="true" className="text-lg text-accent">
        →
      </span>
    </Link>
  );
}
