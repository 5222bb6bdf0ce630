import { useEffect, useMemo, useState } from 'react';
import { useWords } from '../../ui/words/language.ts';
import type { Checked } from './check.ts';
import type { Draft } from './draft.ts';

const NOTHING: Checked = { spec: null, errors: {} };

/** Checks the form as it is filled in. The schema comes after the page, which is drawn without it. */
export function useChecked(draft: Draft, ready: boolean): Checked {
  const w = useWords();
  const [tool, setTool] = useState<typeof import('./check.ts') | null>(null);
  useEffect(() => void import('./check.ts').then(setTool), []);
  return useMemo(() => (tool && ready ? tool.check(draft, w) : NOTHING), [tool, ready, draft, w]);
}
