import { useState } from 'react';
import type { ExperimentSpec } from '../../../server/application/experiment.ts';
import { MENU_ITEM, Menu } from '../../ui/menu.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useWords } from '../../ui/words/language.ts';
import { asCurl, asJson, asSimulation } from './as-command.ts';

/** An experiment as something that a program takes. */
export function CopySpec({ spec }: { readonly spec: ExperimentSpec | null }) {
  const w = useWords();
  const [copied, setCopied] = useState(false);
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = async (text: string) => {
    try {
      // A page over plain HTTP from the network has no clipboard; then the text is shown.
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      setByHand(text);
    }
  };
  const simulation = spec && asSimulation(spec);
  return (
    <>
      <Menu name={<span aria-live="polite">{copied ? w.create.copied : w.create.copyAs}</span>} testId="copy-spec">
        {spec && (
          <>
            <button type="button" data-closes className={MENU_ITEM} onClick={() => void copy(asJson(spec))}>
              {w.create.copy}
            </button>
            <button
              type="button"
              data-closes
              className={MENU_ITEM}
              onClick={() => void copy(asCurl(spec, location.origin))}
            >
              {w.create.copyCurl}
            </button>
          </>
        )}
        <button
          type="button"
          data-closes
          className={MENU_ITEM}
          disabled={!simulation}
          onClick={() => simulation && void copy(simulation)}
        >
          {w.create.copySimulate}
        </button>
        {!simulation && <p className="px-2.5 pb-1 text-xs text-quiet">{w.create.simulateNote}</p>}
      </Menu>
      {byHand !== null && (
        <Sheet title={w.create.copyAs} onClose={() => setByHand(null)}>
          <label className="label" htmlFor="experiment-text">
            {w.create.copyByHand}
          </label>
          <textarea
            id="experiment-text"
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
