import { useState } from 'react';
import { Sheet } from '../ui/sheet.tsx';
import { useAccessWords } from './access-words.ts';

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly secret: string;
  onClose(): void;
}

/** A secret that the board tells now and never again. */
export function ToldOnce({ title, hint, secret, onClose }: Props) {
  const a = useAccessWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <p>{hint}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <input
          readOnly
          className="field min-w-0 flex-1 font-mono text-sm"
          aria-label={title}
          data-testid="told-once"
          value={secret}
          onFocus={(event) => event.target.select()}
        />
        {/* A page over plain HTTP from the network has no clipboard: there the text is selected by hand. */}
        {typeof navigator.clipboard !== 'undefined' && (
          <button type="button" className="btn" onClick={() => void copy()}>
            <span aria-live="polite">{copied ? a.copied : a.copy}</span>
          </button>
        )}
      </div>
      <p className="mt-2 text-sm text-quiet">{a.once}</p>
      <div className="mt-5 flex justify-end">
        <button type="button" className="btn btn-primary" onClick={onClose}>
          {a.done}
        </button>
      </div>
    </Sheet>
  );
}
