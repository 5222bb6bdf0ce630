import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: ReactNode;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Addresses of the page can lead here. */
  readonly anchor?: string;
  /** The content brings its own padding: tables. */
  readonly flush?: boolean;
}

/** A card with a heading. */
export function Section({ title, hint, aside, children, className = '', anchor, flush = false }: Props) {
  const id = useId();
  return (
    <section id={anchor} className={`card min-w-0 ${anchor ? 'scroll-mt-20' : ''} ${className}`} aria-labelledby={id}>
      <div className="flex min-h-12 flex-wrap items-baseline gap-x-3 gap-y-1 px-4 pt-3 pb-2">
        <h2 id={id}>{title}</h2>
        {hint && <p className="text-xs text-quiet">{hint}</p>}
        {aside && <div className="ml-auto flex flex-wrap items-center gap-2 self-center">{aside}</div>}
      </div>
      <div className={flush ? 'pb-1' : 'px-4 pb-4'}>{children}</div>
    </section>
  );
}
