/**
 * The page stays, and says otherwise what it shows. Not the router's: that asks the board for the page once more, and where the
 * board is lost it takes away what is still on the screen. Next.js follows all the same (useSearchParams).
 */
export const replaceAddress = (href: string): void => window.history.replaceState(null, '', href);
