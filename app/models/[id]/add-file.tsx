import { useState } from 'react';
import { FORMAT } from '../../../server/hardware/artefact.ts';
import type { ModelDetail } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toasts/toasts.ts';
import { Trouble } from '../../ui/trouble.tsx';
import { useWords } from '../../ui/words/language.ts';
import { ChooseFile, type ChosenFile } from '../choose-file.tsx';

interface Props {
  readonly model: ModelDetail;
  onAdded(): void;
  onClose(): void;
}

/** Brings the same network in another format, for units that read it. */
export function AddFile({ model, onAdded, onClose }: Props) {
  const w = useWords();
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const words = w.models.upload;
  const send = async () => {
    if (!chosen) return setWrong(words.needsFile);
    setError(null);
    setBusy(true);
    try {
      await api.upload(`/models/${encodeURIComponent(model.id)}/files?format=${chosen.format}`, chosen.file);
      onAdded();
      toast({ kind: 'good', text: w.models.files.added(FORMAT[chosen.format].ending) });
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <Sheet title={w.models.files.add} onClose={onClose}>
      <div className="grid gap-4">
        <p className="text-sm text-quiet">{w.models.files.addIntro}</p>
        <p className="text-sm text-quiet">{words.intro}</p>
        <ChooseFile
          chosen={chosen}
          wrong={wrong ?? undefined}
          disabled={busy}
          onChoose={(next, why) => {
            setChosen(next);
            setWrong(why);
          }}
        />
        {error !== null && <Trouble error={error} />}
        <div className="flex items-center justify-end gap-3">
          <button type="button" className="btn" onClick={onClose}>
            {w.shell.cancel}
          </button>
          <button
            type="button"
            className="btn btn-primary"
            aria-disabled={busy}
            disabled={busy}
            onClick={() => void send()}
          >
            {busy ? words.busy : words.submit}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
