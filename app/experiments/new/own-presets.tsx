import type { ExperimentSpec, PresetView } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { CloseIcon } from '../../ui/shell/icons.tsx';
import { toast } from '../../ui/toasts/toasts.ts';
import { sentenceOf } from '../../ui/trouble.tsx';
import { useSnapshot } from '../../ui/use-snapshot.ts';
import { useWords } from '../../ui/words/language.ts';
import { type Draft, draftFrom } from './draft.ts';

interface Props {
  readonly name: string;
  /** null: what is filled in cannot be asked yet. */
  readonly spec: ExperimentSpec | null;
  onDraft(draft: Draft): void;
}

/** Questions that people of this board kept, each a click away from being asked again, and the one to keep now. */
export function OwnPresets({ name, spec, onDraft }: Props) {
  const w = useWords();
  const operates = useLive(mayOperate);
  const { data: presets, reload } = useSnapshot<readonly PresetView[]>('/presets');
  const told = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
      reload();
    } catch (error) {
      toast({ kind: 'bad', text: sentenceOf(error, w) });
    }
  };
  const keep = ({ name, spec }: Pick<PresetView, 'name' | 'spec'>) => api.post<PresetView>('/presets', { name, spec });
  const remove = (preset: PresetView) => api.delete(`/presets/${encodeURIComponent(preset.id)}`);
  const save = async (spec: ExperimentSpec) => {
    const before = presets?.find((preset) => preset.name === name.trim());
    const saved = await keep({ name, spec });
    const text = before ? w.create.presetReplaced(saved.name) : w.create.presetSaved(saved.name);
    toast({ kind: 'info', text, undo: () => told(before ? keep(before) : remove(saved)) });
  };
  const drop = async (preset: PresetView) => {
    await remove(preset);
    toast({ kind: 'info', text: w.create.presetRemoved(preset.name), undo: () => told(keep(preset)) });
  };
  return (
    <>
      {presets?.map((preset) => (
        <span key={preset.id} className="inline-flex max-w-full">
          <button
            type="button"
            className={`btn min-w-0 ${operates ? 'rounded-r-none' : ''}`}
            title={w.create.presetOf(preset.createdBy)}
            onClick={() => onDraft({ ...draftFrom(preset.spec), name: preset.name })}
          >
            <span className="truncate">{preset.name}</span>
          </button>
          {operates && (
            <button
              type="button"
              className="btn -ml-px rounded-l-none px-2"
              aria-label={w.create.presetRemove(preset.name)}
              onClick={() => void told(drop(preset))}
            >
              <CloseIcon />
            </button>
          )}
        </span>
      ))}
      {operates && (
        <button
          type="button"
          className="btn btn-quiet"
          disabled={spec === null || name.trim() === ''}
          onClick={() => spec && void told(save(spec))}
        >
          {w.create.presetSave}
        </button>
      )}
    </>
  );
}
