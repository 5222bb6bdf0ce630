import { useSyncExternalStore } from 'react';
import { recall, remember } from './memory.ts';

/** What this browser prefers. The first choice of each holds until another is made. */
export const CHOICES = {
  theme: ['system', 'light', 'dark'],
  density: ['comfortable', 'compact'],
  /** Keys without Ctrl, such as N and S; speech input and stray fingers set them off. */
  keys: ['on', 'off'],
  /** Messages of the browser itself while the page is hidden. */
  notices: ['off', 'on'],
  /** Whose time zone dates are shown in. */
  zone: ['device', 'board', 'utc'],
  /** As the language has it, or of so many hours. */
  clock: ['language', '24', '12'],
} as const;
export type Preference = keyof typeof CHOICES;
export type Choice<P extends Preference> = (typeof CHOICES)[P][number];

const listeners = new Set<() => void>();

export function preferred<P extends Preference>(name: P): Choice<P> {
  const choices: readonly Choice<P>[] = CHOICES[name];
  const kept = recall(name);
  return choices.find((choice) => choice === kept) ?? (choices[0] as Choice<P>); // none of them is empty
}

export function prefer<P extends Preference>(name: P, choice: Choice<P>): void {
  remember(name, choice);
  for (const listener of listeners) listener();
}

/** Called whenever a preference changes, in this tab or in another. */
export function onPreference(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('storage', tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', tell);
  };
}

export const usePreference = <P extends Preference>(name: P): Choice<P> =>
  useSyncExternalStore(
    onPreference,
    () => preferred(name),
    () => CHOICES[name][0] as Choice<P>,
  );

function tell(): void {
  for (const listener of listeners) listener();
}
