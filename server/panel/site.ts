import type { Conductor } from '../application/conductor.ts';
import type { Exclusions } from '../application/exclusions.ts';
import type { Fleet } from '../application/fleet.ts';
import type { Model } from '../application/model.ts';
import type { PictureFile } from '../application/run-plan.ts';
import type { TraceStore } from '../application/trace-store.ts';
import type { UnitLog } from '../application/unit-log.ts';
import type { Result } from '../brand.ts';
import type { Config } from '../config.ts';
import type { Artefact, Format } from '../hardware/artefact.ts';
import type { WeightKind } from '../hardware/weight-kind.ts';
import type { History } from '../history/open.ts';
import type { Access } from './access.ts';
import type { News } from './announcer.ts';
import type { Backoff } from './backoff.ts';
import type { Housekeeper } from './keep-to-rule.ts';
import type { LiveDoor } from './socket.ts';
import type { Authority } from './tls/authority.ts';

/** A network as the store holds it. */
export interface HeldModel extends Model {
  readonly builtIn: boolean;
  readonly ready: boolean;
  /** The first is the one that the model is known by. */
  readonly files: readonly Artefact[];
  readonly classes: number;
  readonly weights: WeightKind | null;
  /** ISO; null for those that are built in. */
  readonly addedAt: string | null;
}
export interface HeldPicture extends PictureFile {
  readonly type: string;
}
/** Everything that the routes stand on. */
export interface Site {
  readonly config: Config;
  readonly history: History;
  readonly conductor: Conductor;
  readonly fleet: Fleet;
  readonly models: {
    list(): readonly HeldModel[];
    /** Takes a copy of the file. */
    add(id: string, name: string, file: string, format: Format): Promise<Result<HeldModel>>;
    addFile(id: string, file: string, format: Format): Promise<Result<HeldModel>>;
    removeFile(id: string, sha256: string): Promise<Result>;
    setLabels(id: string, labels: readonly string[]): Promise<Result<HeldModel>>;
    remove(id: string): Promise<Result>;
  };
  readonly pictures: {
    list(): readonly HeldPicture[];
    add(bytes: Uint8Array, name: string): Promise<Result<HeldPicture>>;
    remove(sha256: string): Promise<Result>;
    find(sha256: string): HeldPicture | undefined;
  };
  readonly exclusions: Exclusions;
  readonly unitLog: UnitLog;
  readonly traces: Pick<TraceStore, 'list' | 'add' | 'remove' | 'find'>;
  readonly policies: readonly { readonly name: string; readonly summary: string }[];
  readonly access: Access;
  /** null: only this machine is served, or everybody in the clear. */
  readonly authority: Authority | null;
  readonly backoff: Backoff;
  readonly housekeeper: () => Housekeeper;
  /** Set once the socket door is open; a session that ends takes its sockets along. */
  readonly live: () => LiveDoor;
  /** Why the board cannot be used yet; empty when it can. */
  readonly unready: () => readonly string[];
  readonly metrics: () => string;
  /** Told to every browser. */
  readonly announce: (news: News) => void;
}
