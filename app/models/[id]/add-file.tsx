import { useState } from 'react';
import { FORMAT } from '../../../server/hardware/artefact.ts';
import type { ModelDetail } from '../../../server/panel/wire.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toasts/toasts.ts';
import { Trouble } from '../../ui/trouble.tsx';
import { upload } from '../../ui/upload.ts';
import { useWords } from '../../ui/words/language.ts';
import { ChooseFile, type ChosenFile } from '../choose-file.tsx';
import { Sending } from '../sending.tsx';

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
  const [sent, setSent] = useState<number | null>(null);
  const busy = sent !== null;
  const [error, setError] = useState<unknown>(null);
  const words = w.models.upload;
  const send = async () => {
    if (!chosen) return setWrong(words.needsFile);
    setError(null);
    setSent(0);
    try {
      await upload(`/models/${encodeURIComponent(model.id)}/files?format=${chosen.format}`, chosen.content, setSent);
      onAdded();
      toast({ kind: 'good', text: w.models.files.added(FORMAT[chosen.format].ending) });
    } catch (error) {
      setError(error);
      setSent(null);
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
        {sent !== null && <Sending part={sent} />}
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
