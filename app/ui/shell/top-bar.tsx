import { modifier } from '../keys/key-list.ts';
import { useLive } from '../live/store.ts';
import { useAwake } from '../use-awake.ts';
import { useWords } from '../words/language.ts';
import { CurrentRun } from './current-run.tsx';
import { SearchIcon } from './icons.tsx';
import { LiveDot } from './live-dot.tsx';
import { LookButtons } from './look-buttons.tsx';
import { show } from './overlay.ts';
import { UserMenu } from './user-menu.tsx';

export function TopBar() {
  const host = useLive((live) => live.board?.host);
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-line bg-surface px-4 sm:gap-3 sm:px-6">
      <p className="min-w-0 truncate text-sm font-semibold">{host ?? ' '}</p>
      <LiveDot />
      <span className="flex-1" />
      <CurrentRun />
      <PaletteButton />
      <LookButtons className="max-sm:hidden sm:min-w-11" />
      <UserMenu />
    </header>
  );
}

function PaletteButton() {
  const w = useWords();
  const awake = useAwake();
  return (
    <button
      type="button"
      className="btn btn-quiet px-2 lg:border-line lg:bg-sunken lg:pr-1.5 lg:pl-3 lg:text-quiet"
      aria-label={w.palette.open}
      aria-haspopup="dialog"
      data-testid="open-palette"
      onClick={() => show('palette')}
    >
      <SearchIcon />
      <span className="hidden font-normal lg:inline">{w.keys.search}</span>
      <kbd className="ml-6 hidden lg:inline-grid">{awake ? modifier() : 'Ctrl'} K</kbd>
    </button>
  );
}
