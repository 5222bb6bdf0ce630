import { type ReactNode, useEffect } from 'react';

interface Props {
  readonly title: string;
  /** Beside the title: status, badges. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

export function PageTitle({ title, aside, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Switchyard`;
  }, [title]);
  return (
    <div className="mb-5 flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2">
      <h1>{title}</h1>
      {aside}
      <div className="ml-auto flex max-w-full min-w-0 flex-wrap items-center gap-2">{children}</div>
    </div>
  );
}
