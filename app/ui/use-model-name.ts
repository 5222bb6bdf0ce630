import { useCallback, useEffect } from 'react';
import { create } from 'zustand';
import type { ModelView } from '../../server/panel/wire.ts';
import { api } from './api.ts';
import { eventPulse } from './live/pulse.ts';

/** Model → the name that people know it by; null: not asked for yet. */
const useKnown = create<{ readonly names: Readonly<Record<string, string>> | null }>(() => ({ names: null }));
let asked = false;

async function ask(): Promise<void> {
  asked = true;
  try {
    const models = await api.get<readonly ModelView[]>('/models');
    useKnown.setState({ names: Object.fromEntries(models.map(({ id, name }) => [id, name])) });
  } catch {
    asked = false; // whoever looks next asks again; until then ids are shown
  }
}
eventPulse.hear((event) => void (event.type === 'boards' && asked && ask()));

/** What a model is called; its id while nobody knows. */
export function useModelName(): (id: string) => string {
  const names = useKnown((known) => known.names);
  useEffect(() => {
    if (!asked) void ask();
  }, []);
  return useCallback((id) => names?.[id] ?? id, [names]);
}
