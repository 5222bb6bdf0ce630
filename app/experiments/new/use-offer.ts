import { useMemo } from 'react';
import type { BoardView, ModelView, PictureView, PolicyView, TraceView } from '../../../server/panel/wire.ts';
import { useLive } from '../../ui/live/store.ts';
import { type Snapshot, useSnapshot } from '../../ui/use-snapshot.ts';

/** What can be asked for; null while it is not known. */
export interface Offer {
  readonly boards: readonly BoardView[] | null;
  readonly policies: readonly PolicyView[] | null;
  readonly models: readonly ModelView[] | null;
  readonly pictures: Snapshot<readonly PictureView[]>;
  readonly traces: Snapshot<readonly TraceView[]>;
  readonly error: unknown;
}

export function useOffer(): Offer {
  const boards = useLive(({ board }) => board?.boards ?? null);
  const models = useSnapshot<readonly ModelView[]>('/models');
  const policies = useSnapshot<readonly PolicyView[]>('/policies');
  const pictures = useSnapshot<readonly PictureView[]>('/pictures');
  const traces = useSnapshot<readonly TraceView[]>('/traces');
  const error = models.error ?? policies.error;
  return useMemo(
    () => ({ boards, models: models.data, policies: policies.data, pictures, traces, error }),
    [boards, models.data, policies.data, pictures, traces, error],
  );
}
