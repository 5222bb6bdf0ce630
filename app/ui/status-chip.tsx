import type { Status } from '../../server/panel/wire.ts';
import { useWords } from './words/language.ts';

const LOOK: Record<Status, { readonly sign: string; readonly colours: string }> = {
  queued: { sign: '○', colours: 'bg-sunken text-quiet' },
  running: { sign: '▶', colours: 'bg-accent-soft text-text' },
  done: { sign: '✓', colours: 'bg-good-soft text-good' },
  stopped: { sign: '■', colours: 'bg-sunken text-quiet' },
  failed: { sign: '✕', colours: 'bg-bad-soft text-bad' },
  interrupted: { sign: '‖', colours: 'bg-warn-soft text-warn' },
};

export function StatusChip({ status, testId }: { readonly status: Status; readonly testId?: string }) {
  const w = useWords();
  const { sign, colours } = LOOK[status];
  return (
    <span className={`chip ${colours}`} data-status={status} data-testid={testId}>
      <i aria-hidden="true" className="text-[0.625rem] not-italic">
        {sign}
      </i>
      {w.common.status[status]}
    </span>
  );
}
