import { type ReactNode, useState } from 'react';

interface Props {
  readonly label: string;
  readonly accept: string;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly testId?: string;
  readonly children: ReactNode;
  /** Several at once. */
  readonly multiple?: boolean;
  onFiles(files: readonly File[]): void;
}

/** Where files are dropped or chosen: one control, by mouse and by keyboard. */
export function DropZone(props: Props) {
  const { label, accept, disabled = false, className = '', testId, children, multiple = false, onFiles } = props;
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])].slice(0, multiple ? undefined : 1);
    if (files.length > 0 && !disabled) onFiles(files);
  };
  return (
    <label
      data-testid={testId}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={`flex flex-col items-center justify-center gap-1 rounded-lg border border-dashed px-4 py-4 text-center text-sm has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent ${over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-sunken'} ${disabled ? 'opacity-60' : 'cursor-pointer hover:border-accent'} ${className}`}
    >
      {children}
      <input
        type="file"
        accept={accept}
        multiple={multiple}
        aria-label={label}
        className="sr-only"
        disabled={disabled}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = ''; // the same file again is a choice too
        }}
      />
    </label>
  );
}
