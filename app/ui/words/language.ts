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
  return { language, swap: () => void speak(language === 'en' ? 'ko' : 'en', true) };
}

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

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
