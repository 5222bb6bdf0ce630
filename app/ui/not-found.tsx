'use client';

import { NothingHere } from './nothing-here.tsx';
import { useWords } from './words/language.ts';

export function NotFound() {
  const w = useWords();
  return <NothingHere sentence={w.common.notFound} />;
}
