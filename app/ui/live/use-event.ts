import { useEffect, useRef } from 'react';
import type { LiveEvent } from '../../../server/panel/wire.ts';
import { eventPulse } from './pulse.ts';

/** Hears the board's events as long as the component is shown. */
export function useEvent(listener: (event: LiveEvent) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => eventPulse.hear((event) => latest.current(event)), []);
}
