import { useState } from 'react';
import type { ExperimentView } from '../../server/panel/wire.ts';
import { api } from './api.ts';
import { Confirm } from './confirm.tsx';
import { putExperiment } from './live/store.ts';
import { useWords } from './words/language.ts';

export function StopButton({ experiment }: { readonly experiment: number }) {
  const w = useWords();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className="btn btn-danger" title={`${w.shell.stop} (S)`} onClick={() => setAsking(true)}>
        <i aria-hidden="true" className="size-2.5 rounded-[2px] bg-current" />
        {w.shell.stop}
      </button>
      {asking && <StopQuestion experiment={experiment} onClose={() => setAsking(false)} />}
    </>
  );
}

export function StopQuestion({ experiment, onClose }: { readonly experiment: number; onClose(): void }) {
  const w = useWords();
  return (
    <Confirm
      question={w.shell.stopQuestion}
      yes={w.shell.stopYes}
      onNo={onClose}
      onYes={async () => {
        putExperiment(await api.post<ExperimentView>(`/experiments/${experiment}/stop`, {}));
        onClose();
      }}
    />
  );
}
