import type { PictureView } from '../../server/panel/wire.ts';
import { DropZone } from '../ui/drop-zone.tsx';
import { useInferWords } from './infer-words.ts';
import type { Picture } from './picture.ts';

interface Props {
  readonly picture: Picture | null;
  /** Those that the board keeps; null while they are not known. */
  readonly kept: readonly PictureView[] | null;
  readonly disabled: boolean;
  readonly error: string | null;
  onFile(file: File): void;
  onKept(picture: PictureView): void;
}

/** What is looked at: a file that is dropped or chosen, or one of the board's pictures. */
export function PictureChoice({ picture, kept, disabled, error, onFile, onKept }: Props) {
  const words = useInferWords();
  return (
    <fieldset className="min-w-0" disabled={disabled}>
      <legend className="label">{words.picture}</legend>
      <DropZone
        label={words.picture}
        accept="image/png,image/jpeg"
        disabled={disabled}
        testId="infer-drop"
        className="min-h-52"
        onFiles={([file]) => file && onFile(file)}
      >
        {picture && (
          // biome-ignore lint/performance/noImgElement: the reader's own file, or the board's, at its own size
          <img src={picture.url} alt={picture.name} className="max-h-56 max-w-full rounded-md object-contain" />
        )}
        <span className="max-w-full font-medium break-words">
          {picture ? picture.name : `${words.drop} ${words.choose}`}
        </span>
        <span className="text-xs text-quiet">{picture ? words.another : words.kinds}</span>
      </DropZone>
      {error !== null && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
      <p className="mt-3 mb-1.5 text-xs text-quiet">{words.samples}</p>
      <div className="flex min-h-[4.5rem] flex-wrap gap-2">
        {kept?.map((each) => (
          <label key={each.sha256} className="choice w-fit flex-col gap-1 p-1 text-xs">
            {/* biome-ignore lint/performance/noImgElement: served by the board itself, at its own size */}
            <img
              src={`/api/v1/pictures/${each.sha256}`}
              alt=""
              width={72}
              height={54}
              className="h-[54px] w-[72px] rounded object-cover"
            />
            <span className="flex max-w-[72px] items-center gap-1.5">
              <input
                type="radio"
                name="kept-picture"
                checked={picture?.kind === 'kept' && picture.sha256 === each.sha256}
                onChange={() => onKept(each)}
              />
              <span className="truncate">{each.name}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
