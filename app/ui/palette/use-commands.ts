import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import type { ExperimentView, Page, RunView } from '../../../server/panel/wire.ts';
import { signOut } from '../api.ts';
import { boardName } from '../board-name.ts';
import { isGuest, mayOperate, useLive } from '../live/store.ts';
import { CHOICES, prefer, preferred } from '../preferences.ts';
import { show } from '../shell/overlay.ts';
import { PLACES } from '../shell/places.tsx';
import { useSnapshot } from '../use-snapshot.ts';
import type { Words } from '../words/en.ts';
import { en } from '../words/en.ts';
import { useLanguage, useWords } from '../words/language.ts';
import type { Findable } from './rank.ts';

export type Group = 'action' | 'page' | 'board' | 'unit' | 'run' | 'experiment';
export interface Command extends Findable {
  readonly id: string;
  readonly group: Group;
  /** Said small at its end. */
  readonly hint?: string;
  /** The palette has closed by then. */
  run(): void;
}

/** Everything that the palette can find by itself; runs of long ago it asks the board for. */
export function useCommands(): Command[] {
  const w = useWords();
  const router = useRouter();
  const { swap } = useLanguage();
  const operates = useLive(mayOperate);
  const guest = useLive(isGuest);
  const board = useLive((live) => live.board);
  const current = useLive(({ state }) => state?.experiment ?? null);
  const kept = useSnapshot<Page<ExperimentView>>('/experiments?limit=30').data?.items;
  return useMemo(() => {
    const go = (href: string) => () => router.push(href);
    const running = board?.experiments.find(({ id }) => id === current);
    const actions: (Command | false)[] = [
      operates && action('new', w.nav.create, en.nav.create, 'N', go('/experiments/new')),
      ...(['poster', 'ours', 'real'] as const).map(
        (preset) =>
          operates &&
          action(
            `new-${preset}`,
            w.board[preset],
            en.board[preset],
            undefined,
            go(`/experiments/new?preset=${preset}`),
          ),
      ),
      operates &&
        running !== undefined &&
        action('stop', w.palette.stop(nameOf(running, w)), 'stop', 'S', () => show('stop')),
      ...CHOICES.theme
        .filter((theme) => theme !== preferred('theme'))
        .map((theme) =>
          action(`theme-${theme}`, w.palette.theme[theme], en.palette.theme[theme], undefined, () =>
            prefer('theme', theme),
          ),
        ),
      ...CHOICES.density
        .filter((density) => density !== preferred('density'))
        .map((density) =>
          action(density, w.palette.density[density], en.palette.density[density], undefined, () =>
            prefer('density', density),
          ),
        ),
      action('language', w.palette.language, 'language 언어 한국어 english', undefined, swap),
      action('keys', w.keys.title, en.keys.title, '?', () => show('keys')),
      guest
        ? action('sign-in', w.login.submit, en.login.submit, undefined, () => location.assign('/login'))
        : action('sign-out', w.shell.signOut, en.shell.signOut, undefined, () => void signOut()),
    ];
    const pages = PLACES.filter(({ href }) => href !== '/experiments/new').map(
      ({ href, name, go: letter }): Command => ({
        ...{ id: href, group: 'page', name: w.nav[name], words: en.nav[name], run: go(href) },
        ...(letter ? { hint: `G ${letter.toUpperCase()}` } : {}),
      }),
    );
    const boards = (board?.boards ?? []).map(
      (each): Command => ({
        ...{ id: `board-${each.id}`, group: 'board', name: boardName(each, w) },
        words: each.units.map((unit) => unit.name).join(' '),
        run: go(`/#board-${each.id}`),
      }),
    );
    const units = (board?.boards ?? []).flatMap((each) =>
      each.units.map(
        (unit): Command => ({
          ...{ id: `unit-${unit.id}`, group: 'unit', name: unit.name, words: unit.id, hint: boardName(each, w) },
          run: go(`/units/${unit.id}`),
        }),
      ),
    );
    const runs = (board?.recent ?? []).map((run) => runCommand(run, w, go));
    const experiments = (kept ?? []).map((experiment): Command => {
      const { id, status, spec } = experiment;
      return {
        ...{ id: `experiment-${id}`, group: 'experiment', name: nameOf(experiment, w), hint: w.common.status[status] },
        ...{ words: `${id} ${spec.policies.join(' ')}`, run: go(`/experiments/${id}`) },
      };
    });
    return [...actions.filter((each) => each !== false), ...pages, ...boards, ...units, ...runs, ...experiments];
  }, [w, router, swap, operates, guest, board, current, kept]);
}

export function runCommand(run: RunView, w: Words, go: (href: string) => () => void): Command {
  return {
    ...{ id: `run-${run.id}`, group: 'run', hint: w.common.status[run.status], run: go(`/runs/${run.id}`) },
    ...{ name: w.palette.run(String(run.id), run.policy, run.name), words: run.tags.join(' ') },
  };
}

function action(id: string, name: string, words: string, hint: string | undefined, run: () => void): Command {
  return { id, group: 'action', name, words, ...(hint ? { hint } : {}), run };
}

const nameOf = ({ id, name }: Pick<ExperimentView, 'id' | 'name'>, w: Words): string =>
  name || w.experiments.title1(String(id));
