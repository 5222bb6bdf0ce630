/** A pencil; a written page where there is a note. */
export function NoteIcon({ written }: { readonly written: boolean }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path
        d={
          written
            ? 'M3.5 2h9v12h-9zM6 5.5h4M6 8h4M6 10.5h2.5'
            : 'M2.5 13.5l.7-3L10.7 3l2.3 2.3-7.5 7.5zM9.3 4.4l2.3 2.3'
        }
      />
    </svg>
  );
}
