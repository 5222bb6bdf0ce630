import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useWords } from '../words/language.ts';
import { BoardIcon, CompareIcon, ExperimentsIcon, Mark, PlusIcon, RunsIcon } from './icons.tsx';

/** A rail on a wide screen, a bar at the thumb on a phone. */
export function Nav() {
  const w = useWords();
  const here = usePathname();
  const places = [
    { href: '/', name: w.nav.board, Icon: BoardIcon, own: here === '/' },
    {
      href: '/experiments/new',
      name: w.nav.create,
      short: w.nav.createShort,
      Icon: PlusIcon,
      own: here === '/experiments/new',
    },
    {
      href: '/experiments',
      name: w.nav.experiments,
      Icon: ExperimentsIcon,
      own: here.startsWith('/experiments') && here !== '/experiments/new',
    },
    { href: '/runs', name: w.nav.runs, Icon: RunsIcon, own: here.startsWith('/runs') },
    { href: '/compare', name: w.nav.compare, Icon: CompareIcon, own: here === '/compare' },
  ];
  return (
    <nav
      aria-label={w.nav.main}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:sticky md:top-0 md:h-dvh md:border-t-0 md:border-r"
    >
      <p className="hidden h-14 items-center gap-2.5 px-5 font-semibold tracking-tight md:flex">
        <Mark />
        Switchyard
      </p>
      <ul className="flex md:flex-col md:gap-0.5 md:px-3 md:py-2">
        {places.map(({ href, name, short, Icon, own }) => (
          <li key={href} className="flex-1 md:flex-none">
            <Link
              href={href}
              aria-current={own ? 'page' : undefined}
              className="flex min-h-14 flex-col items-center justify-center gap-0.5 px-1 text-2xs font-medium text-quiet hover:text-text aria-[current]:text-accent md:min-h-10 md:flex-row md:justify-start md:gap-3 md:rounded-lg md:px-3 md:text-sm md:hover:bg-sunken md:aria-[current]:bg-accent-soft md:aria-[current]:font-semibold md:aria-[current]:text-text"
            >
              <Icon />
              <span className="md:hidden">{short ?? name}</span>
              <span className="hidden md:inline">{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
