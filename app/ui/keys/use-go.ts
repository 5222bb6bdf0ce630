import { useEffect, useRef, useState } from 'react';
import { keyName } from './key-name.ts';
import { isFree } from './use-keys.ts';

/** So long after G a letter still leads somewhere. */
const PATIENCE_MS = 2000;

/**
 * G, then a letter: to a page. The letter is taken before any page hears of it, or G R would run something again.
 * True while the letter is awaited.
 */
export function useGo(go: (letter: string) => void): boolean {
  const [waiting, setWaiting] = useState(false);
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const wait = (on: boolean) => {
      if (timer) clearTimeout(timer);
      timer = on ? setTimeout(() => wait(false), PATIENCE_MS) : null;
      setWaiting(on);
    };
    const press = (event: KeyboardEvent) => {
      const name = keyName(event);
      if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
      if (timer) {
        wait(false);
        if (name === null || !/^[a-z]$/.test(name) || !isFree(name, event)) return;
        event.preventDefault();
        event.stopPropagation();
        latest.current(name);
      } else if (name === 'g' && !event.repeat && isFree(name, event)) wait(true);
    };
    document.addEventListener('keydown', press, true);
    return () => {
      document.removeEventListener('keydown', press, true);
      if (timer) clearTimeout(timer);
    };
  }, []);
  return waiting;
}
