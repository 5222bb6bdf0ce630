'use client';

import { later } from '../ui/later.tsx';
import { isGuest, useLive } from '../ui/live/store.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { useWords } from '../ui/words/language.ts';
import { About } from './about.tsx';
import { Account } from './account.tsx';
import { Keyboard } from './keyboard.tsx';
import { Look } from './look.tsx';
import { Notices } from './notices.tsx';
import { Storage } from './storage.tsx';
import { Time } from './time.tsx';

// Fetched behind the rest: questions of their own, and long tables.
const Network = later(() => import('./network.tsx').then((module) => module.Network));
const People = later(() => import('./people.tsx').then((module) => module.People));
const Tokens = later(() => import('./tokens.tsx').then((module) => module.Tokens));
const ApiRoutes = later(() => import('./api-routes.tsx').then((module) => module.ApiRoutes));

/** How this browser shows things, who one is, and what the board says of itself. */
export function Settings() {
  const w = useWords();
  const role = useLive(({ me }) => me?.role);
  const guest = useLive(isGuest);
  return (
    <>
      <PageTitle title={w.settings.title} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="grid min-w-0 gap-5">
          <Look />
          <Keyboard />
          <Notices />
          {!guest && <Account />}
        </div>
        <div className="grid min-w-0 gap-5">
          <Time />
          {role === 'admin' && <Storage />}
          {role && <Network />}
          <About />
        </div>
        <div className="grid min-w-0 gap-5 lg:col-span-2">
          {role === 'admin' && <People />}
          {role && !guest && <Tokens />}
          <ApiRoutes />
        </div>
      </div>
    </>
  );
}
