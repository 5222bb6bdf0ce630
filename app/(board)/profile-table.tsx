import { Fragment, useState } from 'react';
import type { BoardState, UnitView } from '../../server/panel/wire.ts';
import { useLive } from '../ui/live/store.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { useModelName } from '../ui/use-model-name.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { useConditions } from './conditions.ts';
import { useNow } from './use-now.ts';

type Shown = BoardState['profiles'][number];

/** How long each model takes here: how sure that is, where it comes from, and under what conditions it was measured. */
export function ProfileTable({ unit }: { readonly unit: UnitView }) {
  const w = useWords();
  const profiles = useLive(({ board }) => board?.profiles);
  const own = profiles?.filter((profile) => profile.unit === unit.id) ?? [];
  const models = [...new Set([...Object.keys(unit.latencyMs ?? {}), ...own.map((profile) => String(profile.model))])];
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div>
      <h3 className="mb-1 text-sm font-semibold">{w.board.profile.title}</h3>
      {models.length === 0 ? (
        <p className="text-sm text-quiet">{w.board.profile.empty}</p>
      ) : (
        <ScrollX name={w.board.profile.title}>
          <table className="table table-pinned">
            <Head />
            <tbody>
              {models.map((model) => (
                <Row
                  key={model}
                  model={model}
                  profile={own.find((profile) => profile.model === model) ?? givenBy(unit, model)}
                  open={open === model}
                  onToggle={() => setOpen(open === model ? null : model)}
                />
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </div>
  );
}

/** What its own table says, where nothing was measured. */
function givenBy(unit: UnitView, model: string): Pick<Shown, 'meanMs' | 'source'> | undefined {
  const meanMs = unit.latencyMs && Object.hasOwn(unit.latencyMs, model) ? unit.latencyMs[model] : null;
  return meanMs == null ? undefined : { meanMs, source: 'given' };
}

function Head() {
  const w = useWords();
  const { model, mean, p50, p95, p99, load, samples, source } = w.board.profile;
  return (
    <thead>
      <tr>
        <th scope="col">{model}</th>
        {[mean, p50, p95, p99, load, samples].map((name) => (
          <th key={name} scope="col" className="num">
            {name}
          </th>
        ))}
        <th scope="col">{source}</th>
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly model: string;
  readonly profile: Pick<Shown, 'meanMs' | 'source'> | Shown | undefined;
  readonly open: boolean;
  onToggle(): void;
}

function Row({ model, profile, open, onToggle }: RowProps) {
  const w = useWords();
  const f = useFormat();
  const conditions = useConditions();
  const now = useNow();
  const modelName = useModelName();
  const full = profile && 'samples' in profile && profile.source === 'measured' ? profile : undefined;
  const told = full && conditions(full);
  return (
    <Fragment>
      <tr>
        <th scope="row">{modelName(model)}</th>
        <td className="num">
          {f.ms(profile?.meanMs)}
          {full?.ciMs != null && <span className="text-quiet"> {f.giveOrTake(full.ciMs)}</span>}
        </td>
        {[full?.p50Ms, full?.p95Ms, full?.p99Ms, full && (full.loadMs || null)].map((ms, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: always the same four, in this order
          <td key={i} className="num">
            {f.ms(ms)}
          </td>
        ))}
        <td className="num">{f.number(full?.samples)}</td>
        <td>
          {told ? (
            <button
              type="button"
              className="link text-left whitespace-nowrap"
              aria-expanded={open}
              title={told}
              onClick={onToggle}
            >
              {w.board.profile.sources.measured}{' '}
              <span className="text-xs">{f.since(full?.measuredAt ?? null, now)}</span>
            </button>
          ) : (
            <span className="text-quiet">{profile ? w.board.profile.sources[profile.source] : w.common.none}</span>
          )}
        </td>
      </tr>
      {open && told && (
        <tr>
          <td colSpan={8} className="text-xs text-quiet">
            <span className="sticky left-4 inline-block max-w-[min(60vw,40rem)] whitespace-normal">{told}</span>
          </td>
        </tr>
      )}
    </Fragment>
  );
}
