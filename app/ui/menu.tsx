import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { later } from './later.tsx';

interface Props {
  readonly name: ReactNode;
  readonly label?: string;
  readonly className?: string;
  readonly testId?: string;
  /** Opens upwards: there is nothing below it. */
  readonly up?: boolean;
  /** Nothing but the name: no arrow. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** Fetched when the pointer or the focus comes near. */
const MenuPopover = later(() => import('./menu-popover.tsx').then((module) => module.MenuPopover));
const fetchAhead = () => void MenuPopover.fetch().catch(() => {}); // opening it asks again, and says so

/** A button with more behind it: closed by Escape, by a click elsewhere, and by choosing what has `data-closes`. */
export function Menu({ name, label, className = '', testId, up = false, bare = false, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`btn ${className}`}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-testid={testId}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={() => setOpen(!open)}
      >
        {name}
        {!bare && <ChevronDown aria-hidden="true" size={14} className="-mr-0.5 text-quiet" />}
      </button>
      {open && (
        <MenuPopover id={id} button={button} up={up} onClose={() => setOpen(false)}>
          {children}
        </MenuPopover>
      )}
    </>
  );
}

export const MENU_ITEM = 'btn btn-quiet w-full justify-start px-2.5 text-left whitespace-normal';
