import { useEffect, useState } from 'react';
import { useLive } from '../live/store.ts';

/** Milliseconds since the connection was lost, counted by the second; 0 while it is there. */
export function useAge(): number {
  const lost = useLive((live) => live.connection === 'lost');
  const lostAtMs = useLive((live) => live.lostAtMs);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!lost) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [lost]);
  return lost ? Math.max(0, now - lostAtMs) : 0;
}
