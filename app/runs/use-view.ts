import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import type { SavedView } from '../../server/panel/wire.ts';
import { recall, remember } from '../ui/memory.ts';
import { replaceAddress } from '../ui/replace-address.ts';
import { type Snapshot, useSnapshot } from '../ui/use-snapshot.ts';
import { type Column, readColumns, USUAL } from './columns.ts';
import { queryOf, type RunsView, viewOf } from './view.ts';

const KEY = 'runs-columns';

export interface ShownView {
  /** null: a named view that is not known yet, or that is not there. */
  readonly view: RunsView | null;
  readonly columns: readonly Column[];
  /** Name in the address; empty: the address says it all. */
  readonly named: string;
  readonly missing: boolean;
  readonly views: Snapshot<readonly SavedView[]>;
  change(part: Partial<RunsView>): void;
  setColumns(columns: readonly Column[] | null): void;
}

/** The view that the address names or spells out. Whatever is changed in it is spelled out from then on. */
export function useView(): ShownView {
  const params = useSearchParams();
  const views = useSnapshot<readonly SavedView[]>('/views');
  const [own, setOwn] = useState(() => readColumns(recall(KEY)));
  const named = params.get('v') ?? '';
  const saved = views.data?.find((view) => view.id === named);
  const spelled = named === '' ? params : saved && new URLSearchParams(saved.query);
  const view = spelled ? viewOf(new URLSearchParams(spelled)) : null;
  const change = (part: Partial<RunsView>) => {
    if (!view) return;
    const next = queryOf({ ...view, ...part });
    replaceAddress(next ? `/runs?${next}` : '/runs');
  };
  return {
    ...{ view, named, views, change },
    columns: view?.columns ?? own ?? USUAL,
    missing: named !== '' && views.data !== null && !saved,
    setColumns(columns) {
      remember(KEY, (columns ?? USUAL).join(','));
      setOwn(columns);
      change({ columns });
    },
  };
}
