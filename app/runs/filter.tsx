import { useEffect, useId, useState } from 'react';
import { type PolicyView, RUN_SORTS } from '../../server/panel/wire.ts';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useWords } from '../ui/words/language.ts';
import { type RunsView, SOURCES, STATUSES } from './view.ts';

interface Props {
  readonly view: RunsView;
  change(part: Partial<RunsView>): void;
}

const PAUSE_MS = 250;

export function Filter({ view, change }: Props) {
  const w = useWords();
  const policies = useSnapshot<readonly PolicyView[]>('/policies').data?.map((policy) => policy.name) ?? [];
  return (
    <search className="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-[minmax(12rem,1fr)_repeat(3,9.5rem)]">
      <div className="col-span-2 sm:col-span-1">
        <Search view={view} change={change} />
      </div>
      <Choice
        name={w.runs.policy}
        value={view.policy}
        options={[...new Set([...policies, ...(view.policy ? [view.policy] : [])])].map((name) => [name, name])}
        choose={(policy) => change({ policy })}
      />
      <Choice
        name={w.runs.status}
        value={view.status}
        options={STATUSES.map((status) => [status, w.common.status[status]])}
        choose={(status) => change({ status })}
      />
      <Choice
        name={w.runs.source}
        value={view.source}
        options={SOURCES.map((source) => [source, w.runs.sources[source]])}
        choose={(source) => change({ source })}
      />
      <div className="lg:hidden">
        <Choice
          name={w.runs.sort}
          value={`${view.sort} ${view.order}`}
          options={RUN_SORTS.flatMap((sort) => [
            [`${sort} desc`, `${w.runs.columns[sort]} ↓`] as const,
            [`${sort} asc`, `${w.runs.columns[sort]} ↑`] as const,
          ])}
          always
          choose={(value) => {
            const [sort, order] = value.split(' ');
            change({ sort: RUN_SORTS.find((s) => s === sort) ?? 'id', order: order === 'asc' ? 'asc' : 'desc' });
          }}
        />
      </div>
    </search>
  );
}

/** Asks the board when typing pauses; the address follows. */
function Search({ view, change }: Props) {
  const w = useWords();
  const id = useId();
  const [typed, setTyped] = useState(view.q);
  useEffect(() => setTyped(view.q), [view.q]);
  useEffect(() => {
    if (typed === view.q) return;
    const timer = setTimeout(() => change({ q: typed }), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <>
      <label className="label" htmlFor={id}>
        {w.runs.search}
      </label>
      <input
        id={id}
        type="search"
        data-testid="runs-search"
        className="field"
        placeholder={w.runs.searchHint}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  /** There is no "all". */
  readonly always?: boolean;
  choose(value: string): void;
}

function Choice({ name, value, options, always = false, choose }: ChoiceProps) {
  const w = useWords();
  const id = useId();
  return (
    <div>
      <label className="label" htmlFor={id}>
        {name}
      </label>
      <select id={id} className="field" value={value} onChange={(event) => choose(event.target.value)}>
        {!always && <option value="">{w.common.all}</option>}
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
