import { type ReactNode, useEffect, useId, useRef } from 'react';
import { CloseIcon } from './shell/icons.tsx';
import { useWords } from './words/language.ts';

interface Props {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** Nothing in it takes the focus, so that its text must: it may be longer than the screen. */
  readonly textOnly?: boolean;
  onClose(): void;
}

/** A dialog: the browser's own, with its focus, its Escape and its backdrop. */
export function Sheet({ title, children, wide = false, textOnly = false, onClose }: Props) {
  const w = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={(event) => event.stopPropagation()}
      className={`w-[calc(100vw-2rem)] rounded-xl border border-line bg-surface p-0 shadow-2xl backdrop:bg-black/50 ${wide ? 'max-w-4xl' : 'max-w-lg'}`}
    >
      <div className="flex max-h-[85dvh] flex-col">
        <div className="flex items-start justify-between gap-3 border-b border-line px-5 py-3">
          <h2 id={id} className="pt-1.5">
            {title}
          </h2>
          <button type="button" className="btn btn-quiet -mr-2 px-2" aria-label={w.shell.close} onClick={onClose}>
            <CloseIcon />
          </button>
        </div>
        <div className="overflow-y-auto px-5 py-4" tabIndex={textOnly ? 0 : undefined}>
          {children}
        </div>
      </div>
    </dialog>
  );
}
