import { useSyncExternalStore } from 'react';
import { recall, remember } from '../memory.ts';
import { en, type Words } from './en.ts';

export type Language = 'en' | 'ko';
interface Spoken {
  readonly language: Language;
  readonly words: Words;
}

const ENGLISH: Spoken = { language: 'en', words: en };
const listeners = new Set<() => void>();
let spoken = ENGLISH;

/** The words of the panel, in the language that was chosen. Korean arrives when somebody asks for it. */
export const useWords = (): Words => useSpoken().words;

export function useLanguage(): { language: Language; swap(): void } {
  const { language } = useSpoken();
  return { language, swap: () => chooseLanguage(language === 'en' ? 'ko' : 'en') };
}

export const chooseLanguage = (language: Language): void => void speak(language, true);

export const useSpoken = (): Spoken =>
  useSyncExternalStore(
    subscribe,
    () => spoken,
    () => ENGLISH,
  );

/** As the first look decided (first-look.ts), once per page load. */
export function speakAsChosen(): void {
  const kept = recall('language');
  const wanted = kept ?? (/^ko/i.test(navigator.language) ? 'ko' : 'en');
  void speak(wanted === 'ko' ? 'ko' : 'en', false);
}

async function speak(language: Language, byChoice: boolean): Promise<void> {
  if (byChoice) remember('language', language);
  spoken = language === 'ko' ? { language, words: (await import('./ko.ts')).ko } : ENGLISH;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
  requestAnimationFrame(() => document.documentElement.removeAttribute('data-words'));
}

/** Another tab chose. */
function follow(event: StorageEvent): void {
  if (event.key === 'language') speakAsChosen();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('storage', follow);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', follow);
  };
}
