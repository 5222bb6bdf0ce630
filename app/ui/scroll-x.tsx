import type { ReactNode } from 'react';

interface Props {
  readonly name: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** What may be wider than the screen scrolls by itself, by keyboard too, and the page does not. */
export function ScrollX({ name, children, className = '' }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: neither a landmark nor a set of fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div role="group" className={`scroll-x ${className}`} aria-label={name} tabIndex={0}>
      {children}
    </div>
  );
}
