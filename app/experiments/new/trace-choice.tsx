import { useState } from 'react';
import type { TraceView } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { Trouble } from '../../ui/trouble.tsx';
import type { Snapshot } from '../../ui/use-snapshot.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import type { Draft } from './draft.ts';
import { traceTrouble } from './trace-words.ts';

interface Props {
  /** Its hash; empty: none yet. */
  readonly chosen: string;
  readonly error: string | undefined;
  readonly traces: Snapshot<readonly TraceView[]>;
  change(part: Partial<Draft>): void;
}

/** A recorded stream: one that is kept already, a file, or lines that are pasted. */
export function TraceChoice({ chosen, error, traces, change }: Props) {
  const w = useWords();
  const f = useFormat();
  const operates = useLive(mayOperate);
  const [busy, setBusy] = useState(false);
  const [pasted, setPasted] = useState('');
  const [trouble, setTrouble] = useState<unknown>(null);
  const choose = ({ sha256, models }: TraceView) =>
    change({
      trace: sha256,
      jobs: Object.fromEntries(Object.entries(models).map(([id, jobs]) => [id, String(jobs)])),
    });
  const send = async (content: Blob, name: string) => {
    setBusy(true);
    setTrouble(null);
    try {
      choose(await api.upload<TraceView>(`/traces?name=${encodeURIComponent(name)}`, content));
      setPasted('');
      traces.reload();
    } catch (error) {
      setTrouble(traceTrouble(error, w, f));
    }
    setBusy(false);
  };
  const pick = (sha256: string) => {
    const trace = traces.data?.find((trace) => trace.sha256 === sha256);
    if (trace) choose(trace);
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <label className="label" htmlFor="trace">
            {w.create.trace.label}
          </label>
          <select
            id="trace"
            className="field"
            aria-invalid={error !== undefined}
            value={chosen}
            onChange={(event) => pick(event.target.value)}
          >
            <option value="" disabled>
              {traces.data?.length === 0 ? w.create.trace.none : w.create.trace.choose}
            </option>
            {traces.data?.map(({ sha256, name, jobs, lastMs }) => (
              <option key={sha256} value={sha256}>
                {w.create.trace.option(name, f.number(jobs), f.ms(lastMs))}
              </option>
            ))}
          </select>
        </div>
        {operates && (
          <label className="btn">
            {busy ? w.create.uploading : w.create.trace.upload}
            <input
              type="file"
              accept=".jsonl,.ndjson,.json,.txt"
              data-testid="new-trace-file"
              className="sr-only"
              disabled={busy}
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) void send(file, file.name);
                event.target.value = '';
              }}
            />
          </label>
        )}
      </div>
      {error && <p className="text-xs text-bad">{error}</p>}
      {operates && (
        <details>
          <summary className="min-h-8 cursor-pointer text-sm text-quiet">{w.create.trace.paste}</summary>
          <textarea
            className="field num mt-2 h-32 w-full font-mono text-xs"
            spellCheck={false}
            aria-label={w.create.trace.paste}
            placeholder={EXAMPLE}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
          />
          <button
            type="button"
            className="btn mt-2"
            disabled={busy || pasted.trim() === ''}
            onClick={() => void send(new Blob([pasted]), w.create.trace.pastedName)}
          >
            {w.create.trace.keep}
          </button>
        </details>
      )}
      <p className="text-xs text-quiet">{w.create.trace.format}</p>
      {trouble !== null && <Trouble error={trouble} />}
    </div>
  );
}

const EXAMPLE = `{"atMs":0,"model":"resnet50","deadlineMs":150}
{"atMs":12.5,"model":"mobilenet_v2"}`;
