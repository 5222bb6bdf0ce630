import type { StorageView } from '../../server/panel/wire.ts';
import { Section } from '../ui/section.tsx';
import { Tile } from '../ui/tile.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { Backup } from './backup.tsx';
import { Retention } from './retention.tsx';
import { useStorageWords } from './storage-words.ts';

/** How large what is kept has become, how much room is left, a backup of it, and what to send along when asking for help. */
export function Storage() {
  const w = useWords();
  const words = useStorageWords();
  const f = useFormat();
  const { data, error, reload } = useSnapshot<StorageView>('/storage');
  return (
    <Section title={w.settings.storage}>
      {error && <Trouble error={error} again={reload} />}
      <div className="grid grid-cols-2 gap-2">
        <Tile name={w.settings.database} value={f.bytes(data?.databaseBytes)} testId="settings-database" />
        <Tile
          name={w.settings.free}
          value={f.bytes(data?.freeBytes)}
          {...(data ? { note: w.settings.ofTotal(f.bytes(data.totalBytes)) } : {})}
        />
        <Tile name={w.settings.experiments} value={f.number(data?.experiments)} />
        <Tile name={w.settings.runs} value={f.number(data?.runs)} />
      </div>
      {(data?.copiesBytes ?? 0) > 0 && (
        <p className="mt-2 text-xs text-quiet">{words.copies(f.bytes(data?.copiesBytes))}</p>
      )}
      <Retention />
      <Backup here={data} />
      <div className="mt-5 flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <p className="min-w-48 flex-1 text-sm text-quiet">{w.settings.diagnosticsHint}</p>
        <a className="btn" href="/api/v1/diagnostics" download data-testid="settings-diagnostics">
          {w.settings.diagnosticsGet}
        </a>
      </div>
    </Section>
  );
}
