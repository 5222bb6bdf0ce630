import Link from 'next/link';
import { useEffect, useState } from 'react';
import { CloseIcon } from '../shell/icons.tsx';
import { sentenceOf } from '../trouble.tsx';
import { useWords } from '../words/language.ts';
import { dismiss, type Toast, toast, useToasts } from './toasts.ts';

const SHOWN_MS = 10_000;
const SIGN: Record<Toast['kind'], { readonly sign: string; readonly colour: string }> = {
  good: { sign: '✓', colour: 'text-good' },
  info: { sign: 'i', colour: 'text-accent' },
  warn: { sign: '!', colour: 'text-warn' },
  bad: { sign: '✕', colour: 'text-bad' },
};

/** At the foot of the navigation, away from a page's buttons; on a phone under the top bar, where no other bar floats. What went wrong stays until read. */
export function Toaster() {
  const w = useWords();
  const toasts = useToasts((shown) => shown.toasts);
  const spoken = useToasts((shown) => shown.spoken);
  return (
    <>
      <div role="status" aria-live="polite" className="sr-only">
        {spoken}
      </div>
      <section
        aria-label={w.toasts.name}
        className="no-print pointer-events-none fixed top-16 right-2 z-40 w-[min(24rem,calc(100vw-1rem))] md:top-auto md:right-auto md:bottom-20 md:left-4 lg:bottom-4"
      >
        <ol className="grid gap-2" data-testid="toasts">
          {toasts.map((each) => (
            <Shown key={each.id} toast={each} />
          ))}
        </ol>
      </section>
    </>
  );
}

function Shown({ toast: { id, kind, text, href, undo } }: { readonly toast: Toast }) {
  const w = useWords();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || kind === 'bad') return;
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, kind, id]);
  const takeBack = () => {
    dismiss(id);
    undo?.().catch((error: unknown) => toast({ kind: 'bad', text: sentenceOf(error, w) }));
  };
  const { sign, colour } = SIGN[kind];
  return (
    <li
      className="card toast pointer-events-auto flex min-h-12 items-center gap-3 py-1 pr-1 pl-3 text-sm shadow-lg"
      data-kind={kind}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <b aria-hidden="true" className={`w-4 text-center ${colour}`}>
        {sign}
      </b>
      <span className="min-w-0 flex-1 py-1.5">
        {href ? (
          <Link href={href} prefetch={false} className="link text-text" onClick={() => dismiss(id)}>
            {text}
          </Link>
        ) : (
          text
        )}
      </span>
      {undo && (
        <button type="button" className="btn" onClick={takeBack}>
          {w.runs.undo}
        </button>
      )}
      <button type="button" className="btn btn-quiet px-2" aria-label={w.shell.close} onClick={() => dismiss(id)}>
        <CloseIcon />
      </button>
    </li>
  );
}
