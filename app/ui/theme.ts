import { useSyncExternalStore } from 'react';
import { recall, remember } from './memory.ts';

export type Theme = 'light' | 'dark' | 'system';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const listeners = new Set<() => void>();
const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

export function useTheme(): { theme: Theme; next(): void } {
  const theme = useSyncExternalStore(subscribe, chosen, () => 'system' as const);
  return { theme, next: () => choose(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system') };
}

/** Counts changes of what is on the screen, for those who draw with colours they have read from it. */
export const onThemeChange = (listener: () => void): (() => void) => subscribe(listener);

function chosen(): Theme {
  const kept = recall('theme');
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

function choose(theme: Theme): void {
  remember('theme', theme);
  show();
}

function show(): void {
  const theme = chosen();
  document.documentElement.dataset.theme = theme === 'system' ? (isDark() ? 'dark' : 'light') : theme;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', show);
  };
}
