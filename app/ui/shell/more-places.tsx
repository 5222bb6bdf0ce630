import Link from 'next/link';
import { useState } from 'react';
import { Sheet } from '../sheet.tsx';
import { useWords } from '../words/language.ts';
import { MoreIcon } from './icons.tsx';
import type { Place } from './places.tsx';

interface Props {
  readonly places: readonly Place[];
  readonly here: string;
}

/** On a phone: the places for which its bar has no room. */
export function MorePlaces({ places, here }: Props) {
  const w = useWords();
  const [open, setOpen] = useState(false);
  const inside = places.some((place) => place.owns(here));
  return (
    <li className="flex-1 md:hidden">
      <button
        type="button"
        className="place w-full"
        aria-haspopup="dialog"
        aria-current={inside ? 'page' : undefined}
        onClick={() => setOpen(true)}
      >
        <MoreIcon />
        {w.nav.more}
      </button>
      {open && (
        <Sheet title={w.nav.more} onClose={() => setOpen(false)}>
          <ul className="grid gap-1">
            {places.map(({ href, name, Icon, owns }) => (
              <li key={href}>
                <Link
                  href={href}
                  aria-current={owns(here) ? 'page' : undefined}
                  className="flex min-h-12 items-center gap-3 rounded-lg px-3 font-medium hover:bg-sunken aria-[current]:bg-accent-soft"
                  onClick={() => setOpen(false)}
                >
                  <Icon />
                  {w.nav[name]}
                </Link>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </li>
  );
}
