import { useLive } from '../live/store.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import { useAge } from './use-age.ts';

const PATIENCE_MS = 2000;

export function Banners() {
  const w = useWords();
  const f = useFormat();
  const insecure = useLive((live) => live.setup?.insecure ?? false);
  const tries = useLive((live) => live.tries);
  const age = useAge();
  return (
    <div className="text-sm">
      {insecure && (
        <p className="border-b border-line bg-warn-soft px-4 py-1.5 text-warn sm:px-6">{w.shell.insecure}</p>
      )}
      {age > PATIENCE_MS && (
        <p className="sticky top-14 z-10 border-b border-line bg-warn-soft px-4 py-1.5 text-warn sm:px-6">
          {w.shell.lostBanner(f.clock(age), f.number(tries))}
        </p>
      )}
    </div>
  );
}
