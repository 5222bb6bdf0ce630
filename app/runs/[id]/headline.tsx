import type { RunDetail } from '../../../server/panel/wire.ts';
import { useLive } from '../../ui/live/store.ts';
import { Tile } from '../../ui/tile.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

/** The figures that matter: of the last second while it runs, of the whole run when it is over. */
export function Headline({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const f = useFormat();
  const live = useLive(({ state }) => (state?.run?.run === run.id ? state.run : null));
  const now = run.status === 'running' ? live : null;
  const waiting = now ? Object.values(now.waiting).reduce((sum, n) => sum + n, 0) : null;
  const latency = now ? now.latency : run.figures?.latency;
  const throughput = now?.throughput ?? run.throughput;
  const utilisation = now ? mean(Object.values(now.utilisation)) : run.utilisation;
  const bound = run.boundThroughput;
  const missed = run.missRate !== null || run.spec.models.some(({ deadlineMs }) => deadlineMs !== undefined);
  return (
    <div
      className={`grid grid-cols-2 gap-3 ${missed ? 'sm:grid-cols-4 xl:grid-cols-7 max-xl:[&>:first-child]:col-span-2' : 'sm:grid-cols-3 xl:grid-cols-6'}`}
    >
      <Tile
        name={w.run.throughput}
        value={f.rate(throughput)}
        unit={w.common.perSecond}
        testId="run-throughput"
        note={bound && throughput !== null && !now ? w.run.ofBound(f.share(throughput / bound)) : ' '}
      />
      <Tile
        name={now ? w.run.waitingNow : w.run.makespan}
        value={now ? f.number(waiting) : f.ms(run.makespanMs)}
        note={now ? f.ms(now.elapsedMs) : w.shell.progress(f.number(run.done), f.number(run.jobs))}
      />
      <Tile name="p50" value={f.ms(latency?.p50Ms)} note={w.run.latency} />
      <Tile name="p95" value={f.ms(latency?.p95Ms)} note={w.run.latency} />
      <Tile name="p99" value={f.ms(latency?.p99Ms)} note={w.run.latency} />
      {missed && <Tile name={w.run.missed} value={f.share(run.missRate, 1)} note={w.run.missedNote} />}
      <Tile
        name={w.run.utilisation}
        value={f.share(utilisation)}
        note={now || run.switches === null ? ' ' : `${w.run.switches}: ${f.number(run.switches)}`}
      />
    </div>
  );
}

const mean = (values: readonly number[]): number | null =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
