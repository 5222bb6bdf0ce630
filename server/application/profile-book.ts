import type { Profile } from '../scheduling/profiler.ts';

export interface ProfileBook {
  list(): Profile[];
  learn(profile: Profile): void;
  /** What is not saved yet is saved now. */
  flush(): Promise<void>;
}

/** Profiles change with every job; they are saved and told once a second at most, the newest of each pair. */
export function createProfileBook(
  known: readonly Profile[],
  save: (profiles: readonly Profile[]) => Promise<void>,
  tell: (profile: Profile) => void,
  everyMs = 1000,
): ProfileBook {
  const key = ({ unit, model }: Profile) => `${unit} ${model}`;
  const book = new Map(known.map((profile) => [key(profile), profile]));
  const fresh = new Map<string, Profile>();
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
    flush,
  };
}
