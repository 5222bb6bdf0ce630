import { useId, useState } from 'react';
import { SOURCES, STATUSES } from '../../server/history/search/fields.ts';
import { type PolicyView, RUN_SORTS } from '../../server/panel/wire.ts';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useWords } from '../ui/words/language.ts';
import { SearchBox } from './search-box.tsx';
import { oneValue, withValue } from './search-text.ts';
import type { RunsView } from './view.ts';

interface Props {
  readonly view: RunsView;
  change(part: Partial<RunsView>): void;
}

/** The search, and lists of what is asked for most: they write into it. */
export function Filter({ view, change }: Props) {
  const w = useWords();
  const policies = useSnapshot<readonly PolicyView[]>('/policies').data?.map((policy) => policy.name) ?? [];
  const chosen = oneValue(view.q, 'policy');
  const [open, setOpen] = useState(false);
  const hidden = open ? '' : 'max-sm:hidden';
  const choice = (name: string, field: string, options: ChoiceProps['options'], none: string = w.common.all) => (
    <Choice
      className={hidden}
      name={name}
      value={oneValue(view.q, field)}
      options={options}
      none={none}
      choose={(value) => change({ q: withValue(view.q, field, value) })}
    />
  );
  return (
    <search className="mb-3 grid grid-cols-2 gap-x-3 gap-y-1 sm:grid-cols-4 xl:grid-cols-[minmax(24rem,1fr)_repeat(4,8.75rem)]">
      <div className="col-span-2 sm:col-span-4 xl:col-span-1">
        <SearchBox
          text={view.q}
          onSearch={(q) => change({ q })}
          beside={
            <button type="button" className="btn sm:hidden" aria-expanded={open} onClick={() => setOpen(!open)}>
              {w.runs.filters}
            </button>
          }
        />
      </div>
      {choice(
        w.runs.policy,
        'policy',
        [...new Set([...policies, ...(chosen ? [chosen] : [])])].map((name) => [name, name]),
      )}
      {choice(
        w.runs.status,
        'status',
        STATUSES.map((status) => [status, w.common.status[status]]),
      )}
      {choice(
        w.runs.source,
        'source',
        SOURCES.map((source) => [source, w.runs.sources[source]]),
      )}
      {choice(
        w.runs.archive,
        'archived',
        [
          ['yes', w.runs.archives.yes],
          ['any', w.runs.archives.any],
        ],
        w.runs.archives.no,
      )}
      <div className={`col-span-2 sm:col-span-4 lg:hidden ${hidden}`}>
        <Choice
          name={w.runs.sort}
          value={`${view.sort} ${view.order}`}
          options={RUN_SORTS.flatMap((sort) => [
            [`${sort} desc`, `${w.runs.columns[sort]} ↓`] as const,
            [`${sort} asc`, `${w.runs.columns[sort]} ↑`] as const,
          ])}
          none={null}
          choose={(value) => {
            const [sort, order] = value.split(' ');
            change({ sort: RUN_SORTS.find((s) => s === sort) ?? 'id', order: order === 'asc' ? 'asc' : 'desc' });
          }}
        />
      </div>
    </search>
  );
}

interface ChoiceProps {
  readonly className?: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  /** What no choice is called; null: there always is one. */
  readonly none: string | null;
  choose(value: string): void;
}

function Choice({ className = '', name, value, options, none, choose }: ChoiceProps) {
  const id = useId();
  return (
    <div className={className}>
      <label className="label" htmlFor={id}>
        {name}
      </label>
      <select id={id} className="field" value={value} onChange={(event) => choose(event.target.value)}>
        {none !== null && <option value="">{none}</option>}
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
