import Link from 'next/link';
import type { RunView } from '../../../server/panel/wire.ts';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { StatusChip } from '../../ui/status-chip.tsx';
import { ThrottledRun } from '../../ui/throttled.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

export function RunTable({ runs }: { readonly runs: readonly RunView[] }) {
  const w = useWords();
  const f = useFormat();
  const missed = runs.some((run) => run.missRate !== null);
  const numbers = [
    ...[w.common.perSecond, w.run.makespan, 'p50', 'p95', 'p99', w.run.utilisation, w.run.switches],
    ...(missed ? [w.run.missed] : []),
  ];
  return (
    <Section title={w.experiments.allRuns} flush>
      <ScrollX name={w.experiments.allRuns}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{w.runs.policy}</th>
              <th scope="col" className="num">
                {w.compare.fields.repeat}
              </th>
              <th scope="col">{w.runs.status}</th>
              {numbers.map((name) => (
                <th key={name} scope="col" className="num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id}>
                <td>
                  <Link href={`/runs/${run.id}`} prefetch={false} className="link num inline-flex min-h-8 items-center">
                    {run.id}
                  </Link>
                </td>
                <th scope="row">{run.policy}</th>
                <td className="num">{run.repeat}</td>
                <td>
                  <StatusChip status={run.status} /> <ThrottledRun run={run} />
                </td>
                <td className="num font-semibold">{f.rate(run.throughput)}</td>
                <td className="num">{f.ms(run.makespanMs)}</td>
                <td className="num">{f.ms(run.p50Ms)}</td>
                <td className="num">{f.ms(run.p95Ms)}</td>
                <td className="num">{f.ms(run.p99Ms)}</td>
                <td className="num">{f.share(run.utilisation)}</td>
                <td className="num">{f.number(run.switches)}</td>
                {missed && <td className="num">{f.share(run.missRate, 1)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}
