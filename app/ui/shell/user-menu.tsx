import { useEffect, useRef } from 'react';
import { api } from '../api.ts';
import { useLive } from '../live/store.ts';
import { useWords } from '../words/language.ts';
import { UserIcon } from './icons.tsx';

export function UserMenu() {
  const w = useWords();
  const me = useLive((live) => live.me);
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const away = (event: Event) => {
      const inside = event.target instanceof Node && details.current?.contains(event.target);
      const escaped = event instanceof KeyboardEvent && event.key === 'Escape';
      if (details.current?.open && (escaped || (event.type === 'pointerdown' && !inside))) details.current.open = false;
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('keydown', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('keydown', away);
    };
  }, []);
  const signOut = async () => {
    await api.post('/logout', {}).catch(() => {}); // gone from here in any case
    location.assign('/login');
  };
  return (
    <details ref={details} className="relative">
      <summary className="btn btn-quiet list-none px-2 sm:min-w-11" aria-label={w.shell.account}>
        <UserIcon />
      </summary>
      <div className="card absolute right-0 mt-2 w-56 p-2 text-sm shadow-lg">
        <p className="px-2 py-1.5">
          <b className="block">{me?.name}</b>
          {me && <span className="text-quiet">{w.shell.role[me.role]}</span>}
        </p>
        <button type="button" className="btn btn-quiet w-full justify-start px-2" onClick={() => void signOut()}>
          {w.shell.signOut}
        </button>
      </div>
    </details>
  );
}
