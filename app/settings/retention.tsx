import { type FormEvent, useState } from 'react';
import type { RetentionRule } from '../../server/history/retention.ts';
import { api } from '../ui/api.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useFormat } from '../ui/words/format.ts';
import { useStorageWords } from './storage-words.ts';

const LIMITS = ['newestRuns', 'days'] as const;
type Limit = (typeof LIMITS)[number];

/** undefined: what stands there is no limit. */
function limitIn(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  return /^[1-9]\d{0,6}$/.test(text.trim()) ? Number(text) : undefined;
}

/** Which runs stay. Off at first: all do. */
export function Retention() {
  const f = useFormat();
  const { data, error, reload, change } = useSnapshot<RetentionRule>('/retention');
  const [asked, setAsked] = useState<RetentionRule | null>(null);
  const [wrong, setWrong] = useState<Partial<Record<Limit, string>>>({});
  const [trouble, setTrouble] = useState<unknown>(null);
  const [saved, setSaved] = useState(false);
  const words = useStorageWords().retention;
  const save = async (rule: RetentionRule) => {
    const kept = await api.put<RetentionRule>('/retention', rule);
    change(() => kept);
    setAsked(null);
    setSaved(true);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [newestRuns, days] = LIMITS.map((limit) => limitIn(String(form.get(limit) ?? '')));
    setSaved(false);
    setTrouble(null);
    setWrong({
      ...(newestRuns === undefined ? { newestRuns: words.wrong } : {}),
      ...(days === undefined ? { days: words.wrong } : {}),
    });
    if (newestRuns === undefined || days === undefined) return;
    if (newestRuns === null && days === null) void save({ newestRuns, days }).catch(setTrouble);
    else setAsked({ newestRuns, days });
  };
  const inWords = ({ newestRuns, days }: RetentionRule) =>
    [
      newestRuns === null ? null : words.newestRule(f.number(newestRuns)),
      days === null ? null : words.daysRule(f.number(days)),
    ]
      .filter((part) => part !== null)
      .join(', ');
  const label = { newestRuns: words.newest, days: words.days };
  return (
    <form onSubmit={submit} noValidate className="mt-5 grid gap-3 border-t border-line pt-4" data-testid="retention">
      <p className="text-sm text-quiet">{words.hint}</p>
      {error !== null && <Trouble error={error} again={reload} />}
      {data && (
        <div className="grid grid-cols-[1fr_1fr_auto] items-end gap-2">
          {LIMITS.map((limit) => (
            <Field
              key={limit}
              name={limit}
              label={label[limit]}
              error={wrong[limit]}
              inputMode="numeric"
              placeholder={words.all}
              defaultValue={data[limit] ?? ''}
              maxLength={7}
            />
          ))}
          <button type="submit" className="btn">
            {words.save}
          </button>
        </div>
      )}
      {trouble !== null && <Trouble error={trouble} />}
      <p aria-live="polite" className="text-xs text-quiet empty:hidden">
        {saved ? words.saved : ''}
      </p>
      {asked && (
        <Confirm
          question={words.question(inWords(asked))}
          yes={words.save}
          onNo={() => setAsked(null)}
          onYes={() => save(asked)}
        />
      )}
    </form>
  );
}
