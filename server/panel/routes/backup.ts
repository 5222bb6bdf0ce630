import { join } from 'node:path';
import { aside } from '../../history/backup/aside.ts';
import { makeBackup } from '../../history/backup/backup.ts';
import { stagedManifest, stageRestore, unstage } from '../../history/backup/restore.ts';
import { checkBinary } from '../body.ts';
import { conflict, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { RestoreView } from '../wire.ts';

/** Everything that is kept, in one file, and back. */
export function backupRoutes({ config }: Site): Routes {
  const { dataDir, version, root } = config;
  const copying = oneAtATime('a backup is being made already; ask again in a moment');
  const taking = oneAtATime('a backup is being taken in already');
  const view = (): RestoreView => ({ waiting: stagedManifest(dataDir) });
  return {
    'GET /api/v1/backup': async () => {
      const copy = (file: string, to: string) => aside({ kind: 'snapshot', file, to });
      const made = await copying(() => makeBackup({ dataDir, version, copy }));
      if (!made.ok) throw new Refusal(507, 'disk_full', made.error);
      const { manifest, bytes } = made.value;
      const name = `switchyard-${manifest.host}-${manifest.createdAt.slice(0, 19).replace(/[:T]/g, '-')}.tar`;
      const headers = { 'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"` };
      return { type: 'application/x-tar', body: bytes, headers };
    },
    'GET /api/v1/restore': () => ({ json: view() }),
    'POST /api/v1/restore': async ({ req }) => {
      checkBinary(req);
      const look = (file: string) => aside({ kind: 'examine', file });
      const migrations = join(root, 'prisma/migrations');
      const staged = await taking(() => stageRestore(req, { dataDir, migrations, look }));
      if (!staged.ok) throw new Refusal(400, 'invalid_backup', staged.error);
      return { status: 201, json: view() };
    },
    'DELETE /api/v1/restore': () => taking(async () => ({ json: await unstage(dataDir).then(view) })),
  };
}

/** Whoever comes meanwhile is refused with that sentence. */
function oneAtATime(sentence: string): <T>(work: () => Promise<T>) => Promise<T> {
  let busy = false;
  return async (work) => {
    if (busy) throw conflict(sentence);
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
}
