import { Confirm } from '../ui/confirm.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

interface Props {
  readonly count: number;
  onYes(): Promise<void>;
  onNo(): void;
}

/** Says what is lost. */
export function DeleteQuestion({ count, onYes, onNo }: Props) {
  const w = useWords();
  const text = useFormat().number(count);
  return (
    <Confirm
      question={w.runs.removeQuestion(count, text)}
      yes={w.runs.removeYes(count, text)}
      onYes={onYes}
      onNo={onNo}
    />
  );
}
