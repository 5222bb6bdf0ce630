import type { KeptProfile } from './measure/kept.ts';

export interface ProfileBook {
  list(): KeptProfile[];
  learn(profile: KeptProfile): void;
  /** The model is gone, with its file: what these units were measured with it. */
  forget(model: string, units: readonly string[]): void;
  /** What is not saved yet is saved now. */
  flush(): Promise<void>;
}

/** Profiles change with every job; they are saved and told once a second at most, the newest of each pair. */
export function createProfileBook(
  known: readonly KeptProfile[],
  save: (profiles: readonly KeptProfile[]) => Promise<void>,
  tell: (profile: KeptProfile) => void,
  everyMs = 1000,
): ProfileBook {
  const key = ({ unit, model }: KeptProfile) => `${unit} ${model}`;
  const book = new Map(known.map((profile) => [key(profile), profile]));
  const fresh = new Map<string, KeptProfile>();
  let timer: NodeJS.Timeout | null = null;
  const flush = async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const profiles = [...fresh.values()];
    fresh.clear();
    if (profiles.length === 0) return;
    await save(profiles);
    for (const profile of profiles) tell(profile);
  };
  return {
    list: () => [...book.values()],
    learn(profile) {
      book.set(key(profile), profile);
      fresh.set(key(profile), profile);
      timer ??= setTimeout(() => void flush(), everyMs);
    },
    forget(model, units) {
      for (const unit of units) {
        book.delete(`${unit} ${model}`);
        fresh.delete(`${unit} ${model}`);
      }
    },
    flush,
  };
}
