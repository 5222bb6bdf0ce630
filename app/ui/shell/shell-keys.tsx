import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useGo } from '../keys/use-go.ts';
import { useKeys } from '../keys/use-keys.ts';
import { later } from '../later.tsx';
import { mayOperate, useLive } from '../live/store.ts';
import { StopQuestion } from '../stop-button.tsx';
import { toast } from '../toasts/toasts.ts';
import { useWords } from '../words/language.ts';
import { show, useOverlay } from './overlay.ts';
import { PLACES } from './places.tsx';

// Fetched when somebody asks for them.
const Palette = later(() => import('../palette/palette.tsx').then((module) => module.Palette));
const KeySheet = later(() => import('../keys/key-sheet.tsx').then((module) => module.KeySheet));

/** Keys that hold on every page, and what they open. */
export function ShellKeys() {
  const w = useWords();
  const router = useRouter();
  const { shown } = useOverlay();
  const experiment = useLive(({ state }) => state?.experiment ?? null);
  const operates = useLive(mayOperate);
  const waiting = useGo((letter) => {
    const place = PLACES.find(({ go }) => go === letter);
    if (place) router.push(place.href);
    else toast({ kind: 'info', text: w.keys.unknown(letter.toUpperCase()) });
  });
  useKeys(
    {
      'Mod+k': () => show(shown === 'palette' ? null : 'palette'),
      '/': () => show('palette'),
      '?': () => show('keys'),
      n: operates ? () => router.push('/experiments/new') : undefined,
      s: operates && experiment !== null ? () => show('stop') : undefined,
    },
    'shell',
  );
  useEffect(() => {
    // Whoever types on at once must not wait for it.
    const timer = setTimeout(() => void Palette.fetch().catch(() => {}), 2000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {waiting && (
        <p className="card no-print fixed bottom-20 left-1/2 z-40 -translate-x-1/2 px-4 py-2 text-sm shadow-lg md:bottom-6">
          <kbd>G</kbd> {w.keys.waiting}
        </p>
      )}
      {shown === 'palette' && <Palette onClose={() => show(null)} />}
      {shown === 'keys' && <KeySheet onClose={() => show(null)} />}
      {shown === 'stop' && experiment !== null && <StopQuestion experiment={experiment} onClose={() => show(null)} />}
    </>
  );
}
