import { useState } from 'react';
import { type Level, sentenceOf } from '../../server/hardware/doctor/sentences.ts';
import type { DoctorReport } from '../../server/panel/wire.ts';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useSpoken } from '../ui/words/language.ts';
import { DOCTOR_WORDS } from './doctor-words.ts';

const LOOKS: Readonly<Record<Level, { readonly sign: string; readonly colour: string }>> = {
  good: { sign: '✓', colour: 'text-good' },
  note: { sign: '·', colour: 'text-quiet' },
  warn: { sign: '!', colour: 'text-warn' },
  broken: { sign: '✕', colour: 'text-bad' },
};

/** Why a unit is not there: folded, and asked for when somebody opens it. */
export function Doctor() {
  const words = DOCTOR_WORDS[useSpoken().language];
  const [opened, setOpened] = useState(false);
  return (
    <details className="card px-4 py-3" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary className="cursor-pointer text-sm font-semibold" data-testid="doctor">
        {words.title}
      </summary>
      {opened && <Report />}
    </details>
  );
}

function Report() {
  const words = DOCTOR_WORDS[useSpoken().language];
  const { data, error, reload } = useSnapshot<DoctorReport>('/doctor');
  if (error) return <Trouble error={error} again={reload} />;
  const broken = data?.findings.filter(({ level }) => level === 'broken').length ?? 0;
  return (
    <div className="mt-3 grid min-w-0 gap-3 text-sm">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className={broken > 0 ? 'font-medium text-bad' : 'text-quiet'}>
          {!data ? words.looking : broken > 0 ? words.broken(broken) : words.well}
        </p>
        <button type="button" className="btn btn-quiet px-2" onClick={reload}>
          {words.again}
        </button>
      </div>
      <ul className="grid min-w-0 gap-1.5" data-testid="findings">
        {data?.findings.map((finding) => {
          const { sign, colour } = LOOKS[finding.level];
          return (
            <li
              key={`${finding.code} ${finding.sentence}`}
              className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2"
              data-level={finding.level}
            >
              <span className={`text-center font-bold ${colour}`}>
                <i aria-hidden="true" className="not-italic">
                  {sign}
                </i>
                <span className="sr-only">{words.level[finding.level]}</span>
              </span>
              <span className="min-w-0 break-words whitespace-pre-wrap">{sentenceOf(finding, words.sentences)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
