import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useWords } from '../words/language.ts';
import { Mark } from './icons.tsx';
import { MorePlaces } from './more-places.tsx';
import { PLACES, type Place } from './places.tsx';

/** A rail on a wide screen, a bar at the thumb on a phone. */
export function Nav() {
  const w = useWords();
  const here = usePathname();
  return (
    <nav
      aria-label={w.nav.main}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:sticky md:top-0 md:h-dvh md:overflow-y-auto md:border-t-0 md:border-r"
    >
      <p className="hidden h-14 items-center gap-2.5 px-5 font-semibold tracking-tight md:flex">
        <Mark />
        Switchyard
      </p>
      <ul className="flex md:flex-col md:gap-0.5 md:px-3 md:py-2">
        {PLACES.map((place) => (
          <PlaceItem key={place.href} place={place} here={here} />
        ))}
        <MorePlaces places={PLACES.filter((place) => !place.bar)} here={here} />
      </ul>
    </nav>
  );
}

function PlaceItem({ place, here }: { readonly place: Place; readonly here: string }) {
  const w = useWords();
  const { href, name, short, Icon } = place;
  return (
    <li className={`flex-1 md:flex-none ${place.bar ? '' : 'max-md:hidden'}`}>
      <Link href={href} aria-current={place.owns(here) ? 'page' : undefined} className="place">
        <Icon />
        <span className="md:hidden">{w.nav[short ?? name]}</span>
        <span className="hidden md:inline">{w.nav[name]}</span>
      </Link>
    </li>
  );
}
