'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { useLive } from '../live/store.ts';
import { useNotices } from '../notices/use-notices.ts';
import { keepLook } from '../theme.ts';
import { Toaster } from '../toasts/toaster.tsx';
import { useAwake } from '../use-awake.ts';
import type { Words } from '../words/en.ts';
import { speakAsChosen, useWords } from '../words/language.ts';
import { Banners, InsecureBanner } from './banners.tsx';
import { Nav } from './nav.tsx';
import { ShellKeys } from './shell-keys.tsx';
import { TopBar } from './top-bar.tsx';
import { useArrival } from './use-arrival.ts';

const DOORS = ['/welcome', '/login'];

/** What stands around every page: the rail, the bar, and the live connection behind them. */
export function Shell({ children }: { readonly children: ReactNode }) {
  useEffect(() => {
    speakAsChosen();
    // Both fonts are ours; the Korean one comes in slices, and only those that the page uses.
    void import('./korean-font.ts');
    return keepLook();
  }, []);
  const w = useWords();
  useEffect(() => fetchLetters(w), [w]);
  return DOORS.includes(usePathname()) ? <Door>{children}</Door> : <House>{children}</House>;
}

/** Paper has no address bar: whose figures these are, and where they can be found again. */
function PrintedHead() {
  const host = useLive(({ board }) => board?.host);
  const here = usePathname();
  const awake = useAwake();
  return (
    <p className="hidden pb-3 text-xs text-quiet print:block">
      Switchyard · {host} · {awake && `${location.origin}${here}${location.search}`}
    </p>
  );
}

/** What is said when the board is gone must have its letters by then: nobody is left to ask for a slice of the font. */
function fetchLetters({ shell, common }: Words): void {
  const said = shell.lost('') + shell.lostBanner('', '') + common.unreachable + common.failed + common.again;
  void document.fonts.load('15px "Noto Sans KR Variable"', said).catch(() => {});
}

function Door({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <div className="text-sm">
        <InsecureBanner />
      </div>
      <main className="grid flex-1 place-items-center px-4 py-10">{children}</main>
    </div>
  );
}

function House({ children }: { readonly children: ReactNode }) {
  const w = useWords();
  useArrival();
  useNotices();
  return (
    <div className="md:grid md:grid-cols-[13rem_minmax(0,1fr)] print:block">
      <a
        href="#content"
        className="btn btn-primary sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {w.nav.skip}
      </a>
      <Nav />
      <div className="min-w-0 pb-20 md:pb-0 print:pb-0">
        <TopBar />
        <PrintedHead />
        <Banners />
        <main id="content" tabIndex={-1} className="mx-auto max-w-[96rem] px-4 py-5 outline-none sm:px-6">
          {children}
        </main>
      </div>
      <ShellKeys />
      <Toaster />
    </div>
  );
}
