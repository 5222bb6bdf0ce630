import Link from 'next/link';
import { useState } from 'react';
import type { SavedView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { MENU_ITEM, Menu } from '../ui/menu.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { CloseIcon } from '../ui/shell/icons.tsx';
import { toast } from '../ui/toasts/toasts.ts';
import { sentenceOf, Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';

interface Props {
  readonly views: readonly SavedView[] | null;
  /** Address of the view that is shown; empty where it has no name. */
  readonly shown: string;
  /** The rest of the address of what is shown. */
  readonly query: string;
  /** Something was saved or deleted: the view to go to, or null. */
  onChanged(view: SavedView | null): void;
}

/** Views with a name, kept on the board for everybody. */
export function ViewsMenu({ views, shown, query, onChanged }: Props) {
  const w = useWords();
  const operates = useLive(mayOperate);
  const [saving, setSaving] = useState(false);
  /** At once, for it can be taken back: under the same name it has the same address. */
  const remove = async (view: SavedView) => {
    try {
      await api.delete(`/views/${encodeURIComponent(view.id)}`);
      onChanged(null);
      toast({
        kind: 'info',
        text: w.runs.views.removed(view.name),
        undo: async () => {
          await api.post<SavedView>('/views', { name: view.name, query: view.query });
          onChanged(null);
        },
      });
    } catch (error) {
      toast({ kind: 'bad', text: sentenceOf(error, w) });
    }
  };
  const current = views?.find((view) => view.id === shown);
  return (
    <>
      <Menu
        name={<span className="max-w-40 truncate">{current?.name ?? w.runs.views.open}</span>}
        testId="runs-views"
        {...(current ? { label: `${w.runs.views.open}: ${current.name}` } : {})}
      >
        <Link data-closes href="/runs" className={MENU_ITEM}>
          {w.runs.views.all}
        </Link>
        {views?.map((view) => (
          <div key={view.id} className="flex items-center">
            <Link
              data-closes
              href={`/runs?v=${encodeURIComponent(view.id)}`}
              prefetch={false}
              aria-current={view.id === shown ? 'page' : undefined}
              className={`${MENU_ITEM} min-w-0 aria-[current]:bg-accent-soft`}
            >
              <span className="truncate">{view.name}</span>
            </Link>
            {operates && (
              <button
                type="button"
                data-closes
                className="btn btn-quiet px-2"
                aria-label={w.runs.views.remove(view.name)}
                onClick={() => void remove(view)}
              >
                <CloseIcon />
              </button>
            )}
          </div>
        ))}
        {views?.length === 0 && <p className="px-2.5 py-1.5 text-quiet">{w.runs.views.none}</p>}
        {operates && (
          <button type="button" data-closes className="btn mt-1.5 w-full" onClick={() => setSaving(true)}>
            {w.runs.views.save}
          </button>
        )}
      </Menu>
      {saving && (
        <SaveSheet
          views={views ?? []}
          query={query}
          onClose={() => setSaving(false)}
          onSaved={(view) => {
            setSaving(false);
            onChanged(view);
          }}
        />
      )}
    </>
  );
}

interface SaveProps {
  readonly views: readonly SavedView[];
  readonly query: string;
  onClose(): void;
  onSaved(view: SavedView): void;
}

/** Under a new name, or in the place of a view that there is. */
function SaveSheet({ views, query, onClose, onSaved }: SaveProps) {
  const w = useWords();
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>(null);
  const save = (asked: Promise<SavedView>) => asked.then(onSaved, setError);
  return (
    <Sheet title={w.runs.views.save} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save(api.post<SavedView>('/views', { name, query }));
        }}
      >
        <Field
          label={w.runs.views.name}
          value={name}
          maxLength={60}
          required
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <p className="mt-3 rounded-lg bg-sunken px-3 py-2 font-mono text-xs break-all">/runs{query && `?${query}`}</p>
        {error !== null && <Trouble error={error} />}
        <div className="mt-4 flex justify-end">
          <button type="submit" className="btn btn-primary" disabled={name.trim() === ''}>
            {w.runs.views.saveYes}
          </button>
        </div>
      </form>
      {views.length > 0 && (
        <ul className="mt-4 grid gap-1.5 border-t border-line pt-4">
          {views.map((view) => (
            <li key={view.id}>
              <button
                type="button"
                className={MENU_ITEM}
                onClick={() => void save(api.put<SavedView>(`/views/${encodeURIComponent(view.id)}`, { query }))}
              >
                {w.runs.views.replace(view.name)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}
