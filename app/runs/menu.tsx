import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  readonly name: ReactNode;
  readonly label?: string;
  readonly className?: string;
  readonly testId?: string;
  /** Opens upwards: there is nothing below it. */
  readonly up?: boolean;
  readonly children: ReactNode;
}

/** A button with more behind it: closed by Escape, by a click elsewhere, and by choosing something in it. */
export function Menu({ name, label, className = '', testId, up = false, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const away = (event: Event) => {
      const shown = details.current;
      if (!shown?.open) return;
      const inside = event.target instanceof Node && shown.contains(event.target);
      if (event instanceof KeyboardEvent && event.key === 'Escape') {
        shown.open = false;
        if (inside) shown.querySelector('summary')?.focus();
      } else if (event.type === 'pointerdown' && !inside) shown.open = false;
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('keydown', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('keydown', away);
    };
  }, []);
  const chosen = (target: EventTarget) => {
    if (target instanceof Element && target.closest('[data-closes]') && details.current) details.current.open = false;
  };
  return (
    <details ref={details} className="relative">
      <summary
        className={`btn list-none [&::-webkit-details-marker]:hidden ${className}`}
        aria-label={label}
        data-testid={testId}
      >
        {name}
        <span aria-hidden="true" className="text-2xs text-quiet">
          ▾
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the buttons in it, which have keys of their own */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        onClick={(event) => chosen(event.target)}
        className={`card absolute right-0 z-30 max-h-[60dvh] w-64 overflow-y-auto p-1.5 text-sm shadow-lg max-sm:fixed max-sm:inset-x-3 max-sm:w-auto ${up ? 'bottom-full mb-2 max-sm:bottom-32' : 'mt-1.5 max-sm:top-auto'}`}
      >
        {children}
      </div>
    </details>
  );
}

export const MENU_ITEM = 'btn btn-quiet w-full justify-start px-2.5 text-left whitespace-normal';
