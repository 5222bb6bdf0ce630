import { frames } from './live/frame-loop.ts';
import { CHOICES, type Choice, onPreference, prefer, preferred, usePreference } from './preferences.ts';

export type Theme = Choice<'theme'>;

const listeners = new Set<() => void>();
let printing = false;
const system = () => matchMedia('(prefers-color-scheme: dark)');

export function useTheme(): { theme: Theme; next(): void } {
  const theme = usePreference('theme');
  const { theme: themes } = CHOICES;
  return { theme, next: () => prefer('theme', themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system') };
}

/** Told after the screen has taken on another theme, for those who draw with colours they have read from it. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps the page as preferred, and as the system changes; first-look.ts has set it before the first paint. */
export function keepLook(): () => void {
  const leave = onPreference(show);
  system().addEventListener('change', show);
  addEventListener('beforeprint', onPaper);
  addEventListener('afterprint', onScreen);
  return () => {
    leave();
    system().removeEventListener('change', show);
    removeEventListener('beforeprint', onPaper);
    removeEventListener('afterprint', onScreen);
  };
}

/** Paper is white, and what is drawn has to be drawn for it before the page is taken. */
function onPaper(): void {
  printing = true;
  show();
  frames.drawNow(performance.now());
}

function onScreen(): void {
  printing = false;
  show();
}

function show(): void {
  const { dataset } = document.documentElement;
  const theme = preferred('theme');
  const shown = printing ? 'light' : theme === 'system' ? (system().matches ? 'dark' : 'light') : theme;
  const density = preferred('density');
  if (dataset.theme === shown && dataset.density === density) return;
  dataset.theme = shown;
  dataset.density = density;
  for (const listener of listeners) listener();
}
