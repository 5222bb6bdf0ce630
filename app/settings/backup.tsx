import { useState } from 'react';
import type { RestoreView, StorageView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Confirm } from '../ui/confirm.tsx';
import { DropZone } from '../ui/drop-zone.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { upload } from '../ui/upload.ts';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useFormat } from '../ui/words/format.ts';
import { useStorageWords } from './storage-words.ts';

interface Props {
  /** What a restore would replace. */
  readonly here: StorageView | null;
}

/** All that is kept, as one file to take away, and back from one. */
export function Backup({ here }: Props) {
  const f = useFormat();
  const { data, error, reload } = useSnapshot<RestoreView>('/restore');
  const [chosen, setChosen] = useState<File | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const words = useStorageWords().backup;
  const waiting = data?.waiting;
  const question =
    chosen && here
      ? words.question(chosen.name, f.number(here.experiments), f.number(here.runs), f.bytes(here.databaseBytes))
      : '';

  const send = async (file: File) => {
    setTrouble(null);
    setSent(0);
    try {
      await upload<RestoreView>('/restore', file, setSent);
    } catch (error) {
      setTrouble(error);
    }
    setSent(null);
    reload();
  };
  const cancel = () => api.delete<RestoreView>('/restore').then(reload, setTrouble);
  return (
    <div className="mt-5 grid gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-48 flex-1 text-sm text-quiet">{words.hint}</p>
        <a className="btn" href="/api/v1/backup" download data-testid="settings-backup">
          {words.get}
        </a>
      </div>
      {error !== null && <Trouble error={error} again={reload} />}
      {waiting && (
        <div className="flex flex-wrap items-center gap-3" role="status" data-testid="settings-restore-waiting">
          <p className="min-w-48 flex-1 text-sm">
            {words.waiting(
              f.date(waiting.createdAt),
              waiting.host,
              f.number(waiting.experiments),
              f.number(waiting.runs),
            )}
          </p>
          <button type="button" className="btn" onClick={() => void cancel()}>
            {words.cancel}
          </button>
        </div>
      )}
      <DropZone
        label={words.choose}
        accept=".tar,application/x-tar"
        disabled={sent !== null}
        testId="settings-restore"
        onFiles={([file]) => setChosen(file ?? null)}
      >
        <span aria-live="polite">
          {sent === null ? words.choose : sent < 1 ? words.sending(f.share(sent)) : words.checking}
        </span>
      </DropZone>
      {trouble !== null && <Trouble error={trouble} />}
      {chosen && (
        <Confirm
          question={question}
          yes={words.yes}
          onNo={() => setChosen(null)}
          onYes={async () => {
            setChosen(null);
            void send(chosen);
          }}
        />
      )}
    </div>
  );
}
