import { useWords } from './words/language.ts';

interface Props {
  /** What the form is sent with. */
  readonly submit: string;
  readonly busy: boolean;
  readonly testId?: string;
  readonly className?: string;
  onClose(): void;
}

/** The end of a form in a sheet: away from it, or sent. */
export function SheetFoot({ submit, busy, testId, className = '', onClose }: Props) {
  const w = useWords();
  return (
    <div className={`${className} flex justify-end gap-2`}>
      <button type="button" className="btn" onClick={onClose}>
        {w.shell.cancel}
      </button>
      <button type="submit" className="btn btn-primary" disabled={busy} {...(testId && { 'data-testid': testId })}>
        {submit}
      </button>
    </div>
  );
}
