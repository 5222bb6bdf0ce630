import { useState } from 'react';
import type { ModelDetail } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { DropZone } from '../../ui/drop-zone.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toasts/toasts.ts';
import { Trouble } from '../../ui/trouble.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { labelsIn } from '../labels.ts';

interface Props {
  readonly model: ModelDetail;
  onSaved(): void;
  onClose(): void;
}

/** Gives a model's classes their names, or other ones. */
export function LabelsSheet({ model, onSaved, onClose }: Props) {
  const w = useWords();
  const f = useFormat();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const words = w.models.upload;
  const save = async (file: File) => {
    setBusy(true);
    setError(null);
    try {
      const labels = labelsIn(await file.text());
      if (!labels) throw new Error(words.wrongLabels);
      await api.put(`/models/${model.id}/labels`, { labels });
      onSaved();
      toast({ kind: 'good', text: w.models.labelsSaved(f.number(labels.length)) });
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <Sheet title={model.hasLabels ? w.models.replaceLabels : w.models.setLabels} onClose={onClose}>
      <p className="mb-3 text-sm text-quiet">
        {words.labelsHint} {w.models.classes}: {f.number(model.classes || null)}.
      </p>
      <DropZone
        label={w.models.labels}
        accept=".txt,.json,text/plain,application/json"
        disabled={busy}
        onFiles={([file]) => file && void save(file)}
      >
        <span className="font-medium">{words.choose}</span>
      </DropZone>
      {error !== null && <Trouble error={error} />}
    </Sheet>
  );
}
