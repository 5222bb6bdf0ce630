import { useState } from 'react';
import { Sheet } from './sheet.tsx';
import { Trouble } from './trouble.tsx';
import { useWords } from './words/language.ts';

interface Props {
  readonly question: string;
  readonly yes: string;
  onYes(): Promise<void>;
  onNo(): void;
}

/** Asked before anything that cannot be taken back. */
export function Confirm({ question, yes, onYes, onNo }: Props) {
  const w = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    try {
      await onYes();
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <Sheet title={yes} onClose={onNo}>
      <p>{question}</p>
      {error !== null && <Trouble error={error} />}
      <div className="mt-5 flex justify-end gap-2">
        <button type="button" className="btn" onClick={onNo}>
          {w.shell.cancel}
        </button>
        <button type="button" className="btn btn-primary" disabled={busy} onClick={() => void confirm()}>
          {yes}
        </button>
      </div>
    </Sheet>
  );
}
