import type { BoardView } from '../../server/panel/wire.ts';
import type { Words } from './words/en.ts';

/** A shipped board in the language of the page; one's own as whoever added it named it. */
export const boardName = (board: Pick<BoardView, 'id' | 'name' | 'custom'>, w: Words): string =>
  board.custom ? board.name : (w.board.shipped[board.id] ?? board.name);
