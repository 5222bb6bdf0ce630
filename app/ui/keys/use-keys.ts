import { useEffect, useRef } from 'react';
import { preferred } from '../preferences.ts';
import { useOverlay } from '../shell/overlay.ts';
import { isSingle, keyName } from './key-name.ts';

/** Key name (key-name.ts) → what it does. */
export type Keys = Readonly<Record<string, (() => void) | undefined>>;

/**
 * Keys that hold as long as the component is shown; never while somebody types, in a dialog or in a menu. A page's are asked
 * before the shell's, which hears of a press later: on the list of runs a slash leads to its own search.
 */
export function useKeys(keys: Keys, whose: 'page' | 'shell' = 'page'): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: Event) => {
      if (!(event instanceof KeyboardEvent)) return;
      const name = keyName(event);
      const act = name !== null && Object.hasOwn(latest.current, name) ? latest.current[name] : undefined;
      if (!act || name === null || event.defaultPrevented || event.repeat || !isFree(name, event)) return;
      event.preventDefault();
      act();
    };
    const heard: EventTarget = whose === 'page' ? document : window;
    heard.addEventListener('keydown', press);
    return () => heard.removeEventListener('keydown', press);
  }, [whose]);
}

const BUSY = 'textarea, select, dialog, [contenteditable], [role=menu], [role=listbox], [role=combobox]';
const TYPED = 'input:not([type=checkbox], [type=radio], [type=button], [type=file], [type=range], [type=color])';

/** Ctrl+K works everywhere; what is a single key only where it can mean nothing else, and where that is wanted. */
export function isFree(name: string, event: Pick<Event, 'target'>): boolean {
  if (name.startsWith('Mod+')) return true;
  if (isSingle(name) && preferred('keys') === 'off') return false;
  if (useOverlay.getState().shown !== null) return false; // it may still be on its way
  const at = event.target instanceof Element ? event.target : document.body;
  return at.closest(`${BUSY}, ${TYPED}`) === null && document.querySelector('dialog[open]') === null;
}
