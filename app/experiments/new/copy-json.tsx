import { useState } from 'react';
import type { ExperimentSpec } from '../../../server/application/experiment.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useWords } from '../../ui/words/language.ts';

/** The experiment as POST /api/v1/experiments takes it. */
export function CopyJson({ spec }: { readonly spec: ExperimentSpec | null }) {
  const w = useWords();
  const [copied, setCopied] = useState(false);
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = async () => {
    const text = JSON.stringify(spec, null, 2);
    try {
      // A page over plain HTTP from the network has no clipboard; then the text is shown.
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      setByHand(text);
    }
  };
  return (
    <>
      <button type="button" className="btn" disabled={!spec} onClick={() => void copy()}>
        {copied ? w.create.copied : w.create.copy}
      </button>
      {byHand !== null && (
        <Sheet title={w.create.copy} onClose={() => setByHand(null)}>
          <label className="label" htmlFor="experiment-json">
            {w.create.copyByHand}
          </label>
          <textarea
            id="experiment-json"
            readOnly
            className="field min-h-72 font-mono text-xs"
            value={byHand}
            onFocus={(event) => event.target.select()}
          />
        </Sheet>
      )}
    </>
  );
}
