import { FORMAT, FORMATS, type Format, formatOf } from '../../server/hardware/artefact.ts';
import { DropZone } from '../ui/drop-zone.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { bytes } from './amounts.ts';

const MOST_BYTES = 512 * 1024 ** 2;
const ENDS = FORMATS.map((format) => FORMAT[format].ending);

export interface ChosenFile {
  readonly file: File;
  readonly format: Format;
}

interface Props {
  readonly chosen: ChosenFile | null;
  /** Why the last one was not taken. */
  readonly wrong: string | undefined;
  readonly disabled: boolean;
  /** null, with the reason: none of ours. */
  onChoose(chosen: ChosenFile | null, why: string | null): void;
}

/** A model's file from this computer; its name says which format it has. */
export function ChooseFile({ chosen, wrong, disabled, onChoose }: Props) {
  const w = useWords();
  const f = useFormat();
  const words = w.models.upload;
  const look = (file: File) => {
    const format = formatOf(file.name);
    if (format === null) return onChoose(null, words.wrongEnd(file.name, ENDS.join(', ')));
    if (file.size > MOST_BYTES) return onChoose(null, words.tooLarge);
    onChoose({ file, format }, null);
  };
  return (
    <div>
      <DropZone label={words.file} accept={ENDS.join(',')} disabled={disabled} testId="model-file" onFile={look}>
        <span className="max-w-full font-medium break-all">
          {chosen ? words.chosen(chosen.file.name, bytes(chosen.file.size, w, f)) : words.choose}
        </span>
      </DropZone>
      {wrong && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {wrong}
        </p>
      )}
    </div>
  );
}
