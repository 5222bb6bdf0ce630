import type { Conductor } from './conductor.ts';
import type { UnitLive } from './messages.ts';

/**
 * What can happen to a unit: by itself it is lost (its process ended), left (unplugged), quarantined, back, or lastingly
 * slower or quicker (drift). People release, reset, break and mend it, change its options, exclude and include it.
 */
export type UnitEventKind =
  | 'lost'
  | 'left'
  | 'quarantined'
  | 'back'
  | 'drift'
  | 'fault'
  | 'faults-cleared'
  | 'released'
  | 'reset'
  | 'options'
  | 'excluded'
  | 'included';

export interface UnitEvent {
  readonly unit: string;
  /** ISO. */
  readonly at: string;
  readonly kind: UnitEventKind;
  /** The reason of a loss, the factor of a drift, the kind of a fault, the words of a person; may be empty. */
  readonly text: string;
  /** Whose doing it was; null: nobody's. */
  readonly who: string | null;
  /** The run that had the board then. */
  readonly run: number | null;
}
export type KeptUnitEvent = UnitEvent & { readonly id: number };

/** Hears what happens to units, and has it kept and told. */
export interface UnitLog {
  /** What a person did. */
  note(unit: string, kind: UnitEventKind, who: string, text?: string): Promise<void>;
  /** Since when its process has been there without a break, ISO; null where there is none. */
  upSince(unit: string): string | null;
  end(): void;
}

export function createUnitLog(parts: {
  readonly conductor: Pick<Conductor, 'live' | 'on' | 'trouble'>;
  readonly keep: (event: UnitEvent) => Promise<KeptUnitEvent>;
  readonly told: (event: KeptUnitEvent) => void;
  /** A sentence for the log of the server. */
  readonly say: (sentence: string) => void;
}): UnitLog {
  const { conductor } = parts;
  const known = new Map<string, UnitLive>();
  /** Lost or quarantined, and not back since. */
  const down = new Set<string>();
  const up = new Map<string, { readonly pid: number; readonly since: string }>();
  const put = async (event: UnitEvent): Promise<void> => {
    try {
      parts.told(await parts.keep(event));
    } catch (error) {
      parts.say(`what happened to ${event.unit} could not be kept: ${(error as Error).message}`);
    }
  };
  const look = (unit: UnitLive, engineGone: string | null, run: number | null) => {
    const before = known.get(unit.id) ?? ASLEEP;
    if (before === unit) return;
    known.set(unit.id, unit);
    const at = new Date().toISOString();
    if (unit.pid === null) up.delete(unit.id);
    else if (up.get(unit.id)?.pid !== unit.pid) up.set(unit.id, { pid: unit.pid, since: at });
    for (const { kind, text } of happened(before, unit, down.has(unit.id), engineGone)) {
      if (kind === 'back') down.delete(unit.id);
      else if (kind !== 'drift') down.add(unit.id);
      void put({ unit: unit.id, at, kind, text, who: null, run });
    }
  };
  const all = () => {
    const { units, run } = conductor.live();
    const engineGone = conductor.trouble();
    for (const unit of units) look(unit, engineGone, run?.run ?? null);
  };
  const leave = conductor.on((change) => change.type === 'live' && all());
  all();
  return {
    note: (unit, kind, who, text = '') =>
      put({ unit, at: new Date().toISOString(), kind, text, who, run: conductor.live().run?.run ?? null }),
    upSince: (unit) => up.get(unit)?.since ?? null,
    end: leave,
  };
}

const ASLEEP = { status: 'asleep', pid: null, crashes: 0, drift: null, reason: null } as const;
type Seen = Pick<UnitLive, 'status' | 'pid' | 'crashes' | 'drift' | 'reason'>;

/** Between two looks at a unit; a look may come after several changes. `down`: it was lost and is not known to be back. */
export function happened(
  before: Seen,
  after: Seen,
  down: boolean,
  engineGone: string | null = null,
): { readonly kind: UnitEventKind; readonly text: string }[] {
  const found: { kind: UnitEventKind; text: string }[] = [];
  const why = after.reason ?? '';
  if (after.crashes > before.crashes) found.push({ kind: 'lost', text: why });
  else if (after.status === 'absent' && before.status !== 'absent') found.push({ kind: 'left', text: why });
  else if (engineGone !== null && before.pid !== null && after.pid === null)
    found.push({ kind: 'lost', text: engineGone });
  if (after.status === 'quarantined' && before.status !== 'quarantined') found.push({ kind: 'quarantined', text: why });
  const works = after.status === 'ready' || after.status === 'loading' || after.status === 'running';
  if (works && (down || found.length > 0)) found.push({ kind: 'back', text: '' });
  if (after.drift !== null && after.drift !== before.drift) found.push({ kind: 'drift', text: String(after.drift) });
  return found;
}
