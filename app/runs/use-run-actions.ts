import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Relaunched, RunsChanged } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { capital } from '../ui/trouble.tsx';
import { type Format, useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** What came of the last action, and how it is taken back. */
export interface Said {
  readonly sentence: string;
  readonly undo: (() => Promise<void>) | null;
  readonly error: unknown;
}
export interface RunActions {
  readonly said: Said | null;
  forget(): void;
  archive(runs: readonly number[], archived: boolean): Promise<void>;
  tag(runs: readonly number[], add: readonly string[], remove: readonly string[]): Promise<void>;
  /** Throws what the board refuses, for the question that asked. */
  remove(runs: readonly number[]): Promise<void>;
  /** To the run that begins, where it is one. */
  rerun(runs: readonly number[]): Promise<void>;
}

/** What can be done with runs. `gone`: these are not there any more. */
export function useRunActions(gone: (runs: readonly number[]) => void): RunActions {
  const w = useWords();
  const f = useFormat();
  const router = useRouter();
  const [said, setSaid] = useState<Said | null>(null);
  const tell = (sentence: string, undo: Said['undo'] = null) => setSaid({ sentence, undo, error: null });
  const fail = (error: unknown) => setSaid({ sentence: '', undo: null, error });
  const attempt = async (act: () => Promise<void>) => act().catch(fail);
  const changed = (path: string, body: object, words: Count): Promise<RunsChanged & { sentence: string }> =>
    api.post<RunsChanged>(`/runs/${path}`, body).then(({ changed, missing }) => {
      gone(missing);
      const lost = missing.length > 0 ? counted(w.runs.said.missing, missing, f) : '';
      return { changed, missing, sentence: [counted(words, changed, f), lost].filter(Boolean).join(' ') };
    });
  const back = (path: string, body: (runs: readonly number[]) => object, runs: readonly number[]) => {
    if (runs.length === 0) return null;
    return () => attempt(() => api.post(`/runs/${path}`, body(runs)).then(() => setSaid(null)));
  };
  return {
    said,
    forget: () => setSaid(null),
    archive: (runs, archived) =>
      attempt(async () => {
        const words = archived ? w.runs.said.archived : w.runs.said.restored;
        const done = await changed('archive', { runs, archived }, words);
        tell(
          done.sentence,
          back('archive', (runs) => ({ runs, archived: !archived }), done.changed),
        );
      }),
    tag: (runs, add, remove) =>
      attempt(async () => {
        // One at a time, so that each can be taken back from just the runs that it changed.
        const steps: { readonly runs: readonly number[]; readonly add: string[]; readonly remove: string[] }[] = [];
        const touched = new Set<number>();
        const missing = new Set<number>();
        for (const step of [...add.map((tag) => ({ add: [tag] })), ...remove.map((tag) => ({ remove: [tag] }))]) {
          const done = await api.post<RunsChanged>('/runs/tag', { runs, ...step });
          for (const run of done.changed) touched.add(run);
          for (const run of done.missing) missing.add(run);
          if (done.changed.length > 0) steps.push({ runs: done.changed, ...swapped(step) });
        }
        gone([...missing]);
        const undo = () =>
          attempt(async () => {
            for (const step of steps) await api.post('/runs/tag', step);
            setSaid(null);
          });
        const lost = missing.size > 0 ? ` ${counted(w.runs.said.missing, [...missing], f)}` : '';
        tell(counted(w.runs.said.tagged, [...touched], f) + lost, steps.length > 0 ? undo : null);
      }),
    async remove(runs) {
      const done = await changed('delete', { runs }, w.runs.said.removed);
      gone(done.changed);
      tell(done.sentence);
    },
    rerun: (runs) =>
      attempt(async () => {
        const { experiments, refused } = await api.post<Relaunched>('/runs/rerun', { runs });
        const [only, ...others] = experiments;
        if (only?.runs[0] && others.length === 0 && refused.length === 0)
          return router.push(`/runs/${only.runs[0].id}`);
        const launched = counted(
          w.runs.said.launched,
          experiments.map(({ id }) => id),
          f,
        );
        tell([launched, ...refused.map((sentence) => `${capital(sentence)}.`)].join(' '));
      }),
  };
}

type Count = (n: number, text: string) => string;
const counted = (words: Count, runs: readonly number[], f: Format): string => words(runs.length, f.number(runs.length));

/** What takes it back. */
const swapped = (step: { add?: string[]; remove?: string[] }) => ({ add: step.remove ?? [], remove: step.add ?? [] });
