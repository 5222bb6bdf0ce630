import { useState } from 'react';
import type { PictureView } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { Trouble } from '../../ui/trouble.tsx';
import { useWords } from '../../ui/words/language.ts';
import type { PartProps } from './new-experiment.tsx';
import { Part, toggled } from './part.tsx';
import type { Offer } from './use-offer.ts';

/** What real units look at; only asked where one is chosen. */
export function PicturesPart({ draft, change, errors, offer }: PartProps & { readonly offer: Offer }) {
  const w = useWords();
  const operates = useLive(mayOperate);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const units = offer.boards?.flatMap((board) => board.units) ?? [];
  if (!units.some((unit) => unit.source === 'hardware' && draft.units.includes(unit.id))) return null;
  const { pictures } = offer;

  const upload = async (files: FileList | null) => {
    if (!files || files.length === 0) return;
    setBusy(true);
    setError(null);
    const added: string[] = [];
    try {
      for (const file of files) {
        if (!(await beginsAsPicture(file))) throw new Error(w.create.notPicture(file.name));
        const { sha256 } = await api.upload<PictureView>(`/pictures?name=${encodeURIComponent(file.name)}`, file);
        added.push(sha256);
      }
    } catch (error) {
      setError(error);
    }
    change({ pictures: [...new Set([...draft.pictures, ...added])] });
    pictures.reload();
    setBusy(false);
  };

  return (
    <Part title={w.create.pictures} hint={w.create.picturesHint} error={errors.pictures}>
      <div className="flex flex-wrap items-stretch gap-2">
        {pictures.data?.map((picture) => (
          <label key={picture.sha256} className="choice flex-col gap-1.5 p-1.5 text-xs">
            {/* biome-ignore lint/performance/noImgElement: served by the board itself, at its own size */}
            <img
              src={`/api/v1/pictures/${picture.sha256}`}
              alt=""
              loading="lazy"
              width={88}
              height={66}
              className="h-[66px] w-[88px] rounded object-cover"
            />
            <span className="flex max-w-[88px] items-center gap-1.5">
              <input
                type="checkbox"
                checked={draft.pictures.includes(picture.sha256)}
                onChange={() => change({ pictures: toggled(draft.pictures, picture.sha256) })}
              />
              <span className="truncate">{picture.name}</span>
            </span>
          </label>
        ))}
        {operates && (
          <label className="btn min-h-24 flex-col gap-0 border-dashed">
            {busy ? w.create.uploading : w.create.upload}
            <span className="text-xs font-normal text-quiet">{w.create.pictureKinds}</span>
            <input
              type="file"
              multiple
              accept="image/png,image/jpeg"
              className="sr-only"
              disabled={busy}
              onChange={(event) => void upload(event.target.files)}
            />
          </label>
        )}
      </div>
      {error !== null && <Trouble error={error} />}
    </Part>
  );
}

/** By its first bytes, as the board itself tells: said before anything is sent, in the reader's language. */
async function beginsAsPicture(file: Blob): Promise<boolean> {
  const first = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const starts = (...bytes: number[]) => bytes.every((byte, i) => first[i] === byte);
  return starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff);
}
