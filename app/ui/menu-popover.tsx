import * as Popover from '@radix-ui/react-popover';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';

interface Props {
  readonly id: string;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly up: boolean;
  readonly children: ReactNode;
  onClose(): void;
}

/** What is behind a menu's button: beside it wherever there is room, with the focus in it until it closes. */
export function MenuPopover({ id, button, up, children, onClose }: Props) {
  const chosen = (target: EventTarget) => {
    if (target instanceof Element && target.closest('[data-closes]')) onClose();
  };
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={button as RefObject<HTMLButtonElement>} />
      {/* Under a dialog of the browser's own nothing else can be reached. */}
      <Popover.Portal container={button.current?.closest('dialog') ?? null}>
        <Popover.Content
          id={id}
          side={up ? 'top' : 'bottom'}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={button.current?.getAttribute('aria-label') ?? button.current?.textContent ?? undefined}
          onInteractOutside={(event) => {
            // The button closes it by itself.
            if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!document.querySelector('dialog[open]')) button.current?.focus();
          }}
          onKeyDown={walk}
          onClick={(event) => chosen(event.target)}
          className="card z-40 max-h-[var(--radix-popover-content-available-height)] w-64 max-w-[calc(100vw-1rem)] overflow-y-auto p-1.5 text-sm shadow-lg outline-none"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The arrows lead from one thing to the next, as well as the tabulator. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button:enabled, input:enabled')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[(at + step + stops.length) % stops.length]?.focus();
  event.preventDefault();
}
