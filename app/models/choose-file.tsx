import { useState } from 'react';
import type { Format } from '../../server/hardware/artefact.ts';
import { DropZone } from '../ui/drop-zone.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { bytes } from './amounts.ts';
import { ACCEPTED, chosenAmong, ENDS } from './paired.ts';

const MOST_BYTES = 512 * 1024 ** 2;

export interface ChosenFile {
  readonly name: string;
  readonly content: Blob;
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

/** A model's file from this computer; its name says which format it has. OpenVINO's two become one. */
export function ChooseFile({ chosen, wrong, disabled, onChoose }: Props) {
  const w = useWords();
  const f = useFormat();
  const [half, setHalf] = useState<File | null>(null);
  const words = w.models.upload;
  const take = (name: string, content: Blob, format: Format) =>
    content.size > MOST_BYTES ? onChoose(null, words.tooLarge) : onChoose({ name, content, format }, null);
  const look = (files: readonly File[]) => {
    const found = chosenAmong(files, half);
    if (found === null) return;
    setHalf(found.is === 'waiting' ? found.file : null);
    if (found.is === 'one') take(found.file.name, found.file, found.format);
    else if (found.is === 'pair') take(found.network.name, new Blob([found.network, found.weights]), 'ir');
    else if (found.is === 'waiting') onChoose(null, words.needsOther(found.file.name, found.missing));
    else onChoose(null, words.wrongEnd(found.file.name, ENDS.join(', ')));
  };
  return (
    <div>
      <DropZone
        label={words.file}
        accept={ACCEPTED.join(',')}
        disabled={disabled}
        testId="model-file"
        multiple
        onFiles={look}
      >
        <span className="max-w-full font-medium break-all">
          {chosen ? words.chosen(chosen.name, bytes(chosen.content.size, w, f)) : words.choose}
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
