import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { parseSearch } from '../../server/history/search/parse.ts';
import type { RunValues } from '../../server/panel/wire.ts';
import { useKeys } from '../ui/keys/use-keys.ts';
import { later } from '../ui/later.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useWords } from '../ui/words/language.ts';
import { problemWords } from './problem-words.ts';
import { suggest } from './suggest.ts';

/** Fetched when somebody opens it. */
const SearchHelp = later(() => import('./search-help.tsx').then((module) => module.SearchHelp));

interface Props {
  readonly text: string;
  onSearch(text: string): void;
  /** Stands between it and its help. */
  readonly beside?: ReactNode;
}

const PAUSE_MS = 250;

/** Asks the board when typing pauses; what cannot be understood is explained instead of asked. */
export function SearchBox({ text, onSearch, beside }: Props) {
  const w = useWords();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [paused, setPaused] = useState(true);
  const [helps, setHelps] = useState(false);
  const offers = useSuggestions(typed, input.current);
  const unfinished = useRef(false);
  unfinished.current = offers.open && offers.unfinished;
  useEffect(() => setTyped(text), [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function is not another search
  useEffect(() => {
    if (typed === text) return setPaused(true);
    setPaused(false);
    const timer = setTimeout(() => {
      setPaused(true);
      if (parseSearch(typed).ok && !unfinished.current) onSearch(typed.trim());
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, text]);
  useKeys({ '/': () => input.current?.focus() });
  const parsed = parseSearch(typed);
  const problem = !parsed.ok && paused && !unfinished.current ? problemWords(parsed.error, w) : null;
  const take = (option: string | undefined) => {
    if (option === undefined) return;
    const next = offers.apply(option);
    setTyped(next.text);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const key = (event: KeyboardEvent) => {
    if (offers.key(event.key)) event.preventDefault();
    else if ((event.key === 'Enter' || event.key === 'Tab') && offers.active !== null) {
      event.preventDefault();
      take(offers.options[offers.active]);
    } else if (event.key === 'Enter' && parsed.ok) onSearch(typed.trim());
  };
  return (
    <div className="relative">
      <label className="label" htmlFor={id}>
        {w.runs.search}
      </label>
      <div className="flex gap-2">
        <input
          ref={input}
          id={id}
          type="search"
          role="combobox"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-expanded={offers.open}
          aria-controls={`${id}-list`}
          aria-activedescendant={offers.active === null ? undefined : `${id}-${offers.active}`}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-note`}
          data-testid="runs-search"
          className="field"
          placeholder={w.runs.searchHint}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            offers.look();
          }}
          onKeyDown={key}
          onBlur={() => {
            offers.close();
            if (parsed.ok && typed.trim() !== text) onSearch(typed.trim());
          }}
        />
        {beside}
        <button
          type="button"
          className="btn px-3"
          aria-label={w.runs.help.open}
          title={w.runs.help.open}
          onClick={() => setHelps(true)}
        >
          ?
        </button>
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={w.runs.suggestions}
        className={`card absolute z-30 mt-1 min-w-56 p-1 text-sm shadow-lg ${offers.open ? '' : 'hidden'}`}
      >
        {offers.options.map((option, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input keeps the focus and hears the keys
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={option}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === offers.active}
            className={`cursor-pointer rounded-md px-2.5 py-1.5 font-mono text-xs pointer-coarse:py-3 ${i === offers.active ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            {option}
          </div>
        ))}
      </div>
      {/* What is wrong floats: the list below does not move while somebody types. */}
      <p
        id={`${id}-note`}
        aria-live="polite"
        data-testid="runs-search-note"
        className="relative mt-1 min-h-9 text-xs sm:min-h-4.5"
      >
        {problem ? (
          <span className="card absolute inset-x-0 top-0 z-20 block border-bad bg-bad-soft px-3 py-2 text-bad shadow-lg">
            {problem}
          </span>
        ) : (
          <span className="text-quiet">{w.runs.searchNote}</span>
        )}
      </p>
      {helps && (
        <SearchHelp
          onClose={() => setHelps(false)}
          onTry={(example) => {
            setHelps(false);
            setTyped(example);
          }}
        />
      )}
    </div>
  );
}

/** What could be typed next. Nothing is chosen until an arrow says so: Enter alone always searches. */
function useSuggestions(text: string, input: HTMLInputElement | null) {
  const [looking, setLooking] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const { data: values } = useSnapshot<RunValues>(looking ? '/run-values' : null);
  const { from, to, options, unfinished } = suggest(text, input?.selectionStart ?? text.length, values);
  const open = looking && options.length > 0;
  const close = () => {
    setLooking(false);
    setActive(null);
  };
  return {
    ...{ options, open, close, unfinished },
    active: open && active !== null && active < options.length ? active : null,
    look() {
      setLooking(true);
      setActive(null);
    },
    /** Whether the key was for the list. */
    key(key: string): boolean {
      if (!open || !['ArrowDown', 'ArrowUp', 'Escape'].includes(key)) return false;
      if (key === 'Escape') close();
      else if (key === 'ArrowDown') setActive(active === null ? 0 : (active + 1) % options.length);
      else setActive(active === null || active === 0 ? options.length - 1 : active - 1);
      return true;
    },
    apply(option: string) {
      const whole = option.endsWith(':') || option.endsWith('>') ? option : `${option} `;
      setActive(null);
      return { text: text.slice(0, from) + whole + text.slice(to).trimStart(), caret: from + whole.length };
    },
  };
}
