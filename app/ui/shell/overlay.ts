import { create } from 'zustand';

/** What stands over the page, asked for by a key, a button or the palette; one at a time. */
export type Overlay = 'palette' | 'keys' | 'stop' | null;

export const useOverlay = create<{ readonly shown: Overlay }>(() => ({ shown: null }));
export const show = (shown: Overlay): void => useOverlay.setState({ shown });
