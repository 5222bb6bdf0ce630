import { usePathname } from 'next/navigation';
import { isGuest, useLive } from '../live/store.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import { useAge } from './use-age.ts';

const PATIENCE_MS = 2000;

/** What holds for every page: who may read along, whether anything can be kept, and how old it all is. */
export function Banners() {
  const w = useWords();
  const f = useFormat();
  const tries = useLive((live) => live.tries);
  const crowded = useLive((live) => live.crowded);
  const age = useAge();
  return (
    <div className="no-print text-sm">
      <InsecureBanner />
      <GuestBanner />
      <StorageBanner />
      {crowded && <p className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn sm:px-6">{w.shell.crowded}</p>}
      {age > PATIENCE_MS && (
        <p className="sticky top-14 z-10 border-b border-line bg-warn-soft px-4 py-1.5 text-warn sm:px-6">
          {w.shell.lostBanner(f.clock(age), f.number(tries))}
        </p>
      )}
    </div>
  );
}

export function InsecureBanner() {
  const w = useWords();
  const insecure = useLive((live) => live.setup?.insecure ?? false);
  if (!insecure) return null;
  return <p className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn sm:px-6">{w.shell.insecure}</p>;
}

/** Why there is no button that would act, and the way to them. */
function GuestBanner() {
  const w = useWords();
  const guest = useLive(isGuest);
  const here = usePathname();
  if (!guest) return null;
  return (
    <p
      className="flex flex-wrap items-center gap-x-3 border-b border-line bg-accent-soft px-4 py-1.5 sm:px-6"
      data-testid="guest-banner"
    >
      {w.shell.guest}
      <a className="link py-1 font-medium" href={`/login?next=${encodeURIComponent(here)}`}>
        {w.login.submit}
      </a>
    </p>
  );
}

/** Read-only, and why: runs are refused as long as it stands here. */
function StorageBanner() {
  const w = useWords();
  const f = useFormat();
  const storage = useLive(({ board }) => board?.storage);
  if (!storage || storage.level === 'well') return null;
  const colours = storage.level === 'low' ? 'bg-warn-soft text-warn' : 'bg-bad-soft text-bad';
  return (
    <p className={`border-b border-line px-4 py-1.5 sm:px-6 ${colours}`} data-testid="storage-banner">
      {w.storage[storage.level](f.bytes(storage.freeBytes))}
    </p>
  );
}
