import type { RunDetail } from '../../../server/panel/wire.ts';
import { Section } from '../../ui/section.tsx';
import { useWords } from '../../ui/words/language.ts';

export function Files({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  return (
    <Section className="no-print" title={w.run.downloads} anchor="files">
      <div className="flex flex-wrap gap-2">
        <a className="btn" href={`/api/v1/runs/${run.id}/jobs`} download={`run-${run.id}-jobs.jsonl`}>
          {w.run.jobsFile}
        </a>
        <a
          className="btn"
          href={`/api/v1/runs.csv?experiment=${run.experiment}`}
          download={`experiment-${run.experiment}-runs.csv`}
        >
          {w.run.csvFile}
        </a>
      </div>
    </Section>
  );
}
