import type { SavedView } from '../panel/wire.ts';
import type { Recorder } from './record.ts';
import type { Database } from './sqlite.ts';

/** Views of the list of runs that people gave a name to. */
export interface ViewShelf {
  list(): Promise<SavedView[]>;
  add(view: { readonly name: string; readonly query: string; readonly createdBy: string }): Promise<SavedView>;
  /** Its address stays; null when there is no such view. */
  change(id: string, part: { readonly name?: string; readonly query?: string }): Promise<SavedView | null>;
  /** False when there was none. */
  remove(id: string): Promise<boolean>;
}

const SHOWN = { id: true, name: true, query: true, createdBy: true } as const;

export function createViewShelf(db: Database, record: Recorder): ViewShelf {
  const find = (id: string) => db.savedView.findUnique({ where: { id }, select: SHOWN });
  return {
    list: () => db.savedView.findMany({ select: SHOWN, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    async add(view) {
      const taken = (await db.savedView.findMany({ select: { id: true } })).map(({ id }) => id);
      const id = addressOf(view.name, taken);
      await record.write((db) => db.savedView.create({ data: { ...view, id, createdAt: new Date() } }));
      return { ...view, id };
    },
    async change(id, part) {
      if (!(await find(id))) return null;
      await record.write((db) => db.savedView.update({ where: { id }, data: part }));
      return find(id);
    },
    async remove(id) {
      if (!(await find(id))) return false;
      await record.write((db) => db.savedView.delete({ where: { id } }));
      return true;
    },
  };
}

/** "Paper, final" → paper-final; what has no letters that an address can have is called view. */
export function addressOf(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 24);
  const stem = plain.replace(/-+$/, '') || 'view';
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.includes(id)) return id;
  }
}
