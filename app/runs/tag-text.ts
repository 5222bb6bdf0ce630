/** What the board takes for a tag. */
const TAG = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,31}$/u;

/** Tags as they were typed, with spaces or commas between them. */
export const readTags = (text: string): string[] => [
  ...new Set(
    text
      .normalize('NFC')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((tag) => tag !== ''),
  ),
];

export const wrongTag = (tags: readonly string[]): string | undefined => tags.find((tag) => !TAG.test(tag));
