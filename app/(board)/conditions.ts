import type { BoardState } from '../../server/panel/wire.ts';
import { useLive } from '../ui/live/store.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** When something was measured and what was so then, as one line of words. */
export function useConditions() {
  const w = useWords();
  const f = useFormat();
  const boards = useLive(({ board }) => board?.boards);
  const names = new Map(boards?.flatMap((board) => board.units.map((unit) => [String(unit.id), unit.name] as const)));
  return (
    measured: Pick<BoardState['profiles'][number], 'measuredAt' | 'conditions'> & { readonly outliers?: number },
  ) => {
    const { measuredAt, conditions, outliers = 0 } = measured;
    const c = w.board.conditions;
    const parts: (string | false | null)[] = [measuredAt && f.date(measuredAt)];
    if (conditions) {
      const { during, run, beside, threads, cores, governor, temperatureC, version } = conditions;
      parts.push(
        run === null ? c.during[during] : c.inRun(f.number(run)),
        beside.length > 0 && c.beside(beside.map((unit) => names.get(unit) ?? unit).join(', ')),
        c.threads(threads),
        cores && c.cores(cores.join(', ')),
        governor && c.governor(governor),
        temperatureC !== null && `${f.number(temperatureC, 1)} °C`,
        `Switchyard ${version}`,
      );
    }
    if (outliers > 0) parts.push(c.outliers(outliers));
    return parts.filter(Boolean).join(' · ');
  };
}
