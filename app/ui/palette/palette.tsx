import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../words/language.ts';
import { rank } from './rank.ts';
import { type Command, type Group, runCommand, useCommands } from './use-commands.ts';
import { useFoundRuns } from './use-found-runs.ts';

/** Of each group; all would be a list to scroll, not one to choose from. */
const MOST: Record<Group, number> = { action: 5, page: 10, board: 4, unit: 5, run: 6, experiment: 5 };

/** Anything by its name: a page, a board, a run, or something to do. */
export function Palette({ onClose }: { onClose(): void }) {
  const w = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useResults(text);
  const active = found[Math.min(at, found.length - 1)];
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  useEffect(() => {
    if (active) document.getElementById(`${id}-${active.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, id]);
  const choose = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.nativeEvent.isComposing) return; // Enter ends a Korean syllable, and nothing else
    if (step !== undefined && found.length > 0)
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    else if (event.key === 'Enter') choose(active);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={w.palette.title}
      data-testid="palette"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={key}
      className="mt-[12dvh] w-[min(38rem,calc(100vw-1.5rem))] overflow-hidden rounded-xl border border-line bg-surface p-0 shadow-2xl backdrop:bg-black/50"
    >
      <input
        role="combobox"
        aria-label={w.palette.title}
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active && `${id}-${active.id}`}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        placeholder={w.palette.placeholder}
        defaultValue="" // its own: letters typed while a page arrives were lost where React wrote it
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        className="h-13 w-full border-b border-line bg-transparent px-5 outline-none placeholder:text-quiet"
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={w.palette.results}
        className="max-h-[min(26rem,60dvh)] overflow-y-auto p-2"
      >
        {[...new Set(found.map(({ group }) => group))].map((group) => (
          <Results key={group} group={group} commands={found} active={active} listId={id} onChoose={choose} />
        ))}
      </div>
      {found.length === 0 && <p className="px-5 pb-5 text-sm text-quiet">{w.palette.none(text.trim())}</p>}
      <p className="border-t border-line px-5 py-2 text-xs text-quiet max-sm:hidden">{w.palette.hint}</p>
    </dialog>
  );
}

/** In the order in which they are shown. */
function useResults(text: string): Command[] {
  const w = useWords();
  const router = useRouter();
  const commands = useCommands();
  const kept = useFoundRuns(text);
  return useMemo(() => {
    const own = rank(commands, text);
    const known = new Set(own.map(({ id }) => id));
    const go = (href: string) => () => router.push(href);
    const more = kept.map((run) => runCommand(run, w, go)).filter(({ id }) => !known.has(id));
    const number = /^#?(\d{1,15})$/.exec(text.trim())?.[1];
    const asked = number === undefined || known.has(`run-${number}`) ? [] : [numbered(number, w.run.title(number), go)];
    const all = [...asked, ...own, ...more];
    const words = text.trim();
    if (words === '') return byGroup(all, ['action', 'page', 'board', 'run']);
    const search = words.length > 1 ? [searchRuns(words, w.palette.searchRuns(words), go)] : [];
    // What fits best stands first, and its group with it.
    return byGroup([...all, ...search], [...new Set([...all, ...search].map(({ group }) => group))], search);
  }, [commands, kept, text, w, router]);
}

/** The best of each group; the last ones of all are never left out. */
function byGroup(all: readonly Command[], groups: readonly Group[], last: readonly Command[] = []): Command[] {
  return groups.flatMap((group) => {
    const own = all.filter((command) => command.group === group && !last.includes(command)).slice(0, MOST[group]);
    return [...own, ...last.filter((command) => command.group === group)];
  });
}
const numbered = (number: string, name: string, go: (href: string) => () => void): Command => ({
  ...{ id: `run-${number}`, group: 'run', name, run: go(`/runs/${number}`) },
});
const searchRuns = (text: string, name: string, go: (href: string) => () => void): Command => ({
  ...{ id: 'search-runs', group: 'run', name, run: go(`/runs?q=${encodeURIComponent(text)}`) },
});

interface ResultsProps {
  readonly group: Group;
  readonly commands: readonly Command[];
  readonly active: Command | undefined;
  readonly listId: string;
  onChoose(command: Command): void;
}

function Results({ group, commands, active, listId, onChoose }: ResultsProps) {
  const w = useWords();
  const own = commands.filter((command) => command.group === group);
  if (own.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
    <div role="group" aria-label={w.palette.groups[group]} className="mb-1">
      <p aria-hidden="true" className="px-3 pt-2 pb-1 text-2xs font-semibold text-quiet">
        {w.palette.groups[group]}
      </p>
      {own.map((command) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys, and this its description
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays where one types
        <div
          key={command.id}
          id={`${listId}-${command.id}`}
          role="option"
          aria-selected={command === active}
          onClick={() => onChoose(command)}
          className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm hover:bg-sunken aria-selected:bg-accent-soft pointer-coarse:min-h-11"
        >
          <span className="min-w-0 flex-1 truncate">{command.name}</span>
          {command.hint && <span className="shrink-0 text-xs text-quiet">{command.hint}</span>}
        </div>
      ))}
    </div>
  );
}
