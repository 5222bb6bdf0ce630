/** As --font-sans in theme.css. A canvas does not inherit its fonts, and no slice of the Korean one is fetched for it. */
const FAMILIES = '"Inter Variable", "Noto Sans KR Variable", system-ui, sans-serif';
export const CANVAS_FONT = `11px ${FAMILIES}`;
export const CANVAS_FONT_STRONG = `600 11px ${FAMILIES}`;

/** Every Korean syllable that is drawn on a canvas: the units of format.ts. */
const DRAWN = '초분시간추론';

/** Fetches what canvases write with and tells when it is there, now or later, so that they are drawn again. */
export function onFontsLoaded(listener: () => void): () => void {
  const { fonts } = document;
  if (document.documentElement.lang === 'ko') void fonts.load(CANVAS_FONT, DRAWN).then(listener, () => {});
  fonts.addEventListener('loadingdone', listener);
  return () => fonts.removeEventListener('loadingdone', listener);
}
