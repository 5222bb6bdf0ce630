import type { BoardView, ModelView } from '../../server/panel/wire.ts';
import { useLive } from '../ui/live/store.ts';
import { useEvent } from '../ui/live/use-event.ts';
import { type Snapshot, useSnapshot } from '../ui/use-snapshot.ts';

/** The models, asked again whenever boards or models have changed. */
export function useModels(): Snapshot<readonly ModelView[]> {
  const models = useSnapshot<readonly ModelView[]>('/models');
  useEvent((event) => {
    if (event.type === 'boards') models.reload();
  });
  return models;
}

/** Ids of models that latency tables name and that have no file here, in the tables' order. */
export function tableModels(boards: readonly Pick<BoardView, 'models'>[], models: readonly ModelView[]): string[] {
  const held = new Set(models.map(({ id }) => id));
  return [...new Set(boards.flatMap((board) => board.models))].filter((id) => !held.has(id));
}

/** Every model in one order, so that each looks the same wherever it is shown. */
export function useModelOrder(models: readonly ModelView[] | null): readonly string[] {
  const boards = useLive(({ board }) => board?.boards);
  const held = models?.map(({ id }) => id) ?? [];
  return models && boards ? [...held, ...tableModels(boards, models)] : held;
}
