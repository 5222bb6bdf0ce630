import type { Rehearsed } from '../rehearsal.ts';

/**
 * A newcomer takes over after so many rounds without one in which it was worse, once the logarithms of what it gained in them
 * add up to so much: three rounds of 15 %, or eight of 6 %.
 */
const ROUNDS = 3;
const EVIDENCE = 0.5;
/** Who was in charge first is known to be a safe choice: one round in which it is so much better brings it back. */
const HOMESICK = 0.05;

/**
 * What speaks for a policy against the one in charge: rounds in a row in which it was better, and the sum of ln(own ÷ other) over
 * them. Rounds share most of their arrivals, so that a mean of a few says little; and near the capacity a mistake costs a
 * multiple, while staying costs the gain. A single round in which it was worse therefore takes all of it away.
 */
interface Evidence {
  readonly gain: number;
  readonly rounds: number;
}
const NONE: Evidence = { gain: 0, rounds: 0 };

/** Who is to be in charge of a stream, round by round. */
export interface Verdict {
  /** What the policies came to, less being better; answers who is in charge from now on. */
  after(values: readonly Rehearsed[], inCharge: string): string;
}

/** `home` was in charge first. */
export function createVerdict(home: string): Verdict {
  const evidence = new Map<string, Evidence>();
  const convinces = (name: string): boolean => {
    const { gain, rounds } = evidence.get(name) ?? NONE;
    return name === home ? gain >= HOMESICK : gain >= EVIDENCE && rounds >= ROUNDS;
  };
  const perRound = (name: string): number => {
    const { gain, rounds } = evidence.get(name) ?? NONE;
    return gain / rounds;
  };
  return {
    after(values, inCharge) {
      const own = figureOf(values, inCharge);
      for (const { policy, value } of values)
        if (policy !== inCharge) evidence.set(policy, oneMore(evidence.get(policy) ?? NONE, value, own));
      const [winner] = [...evidence.keys()].filter(convinces).sort((a, b) => perRound(b) - perRound(a));
      if (winner === undefined) return inCharge;
      evidence.clear(); // it spoke against who is no longer in charge
      return winner;
    },
  };
}

/** A batch is played as it will go, once: whoever ends it first has it. */
export function endsFirst(values: readonly Rehearsed[], inCharge: string): string {
  const [best] = [...values].sort((a, b) => a.value - b.value);
  return best && best.value < figureOf(values, inCharge) * (1 - 1e-9) ? best.policy : inCharge;
}

/** One that refused the board is worse than any. */
const figureOf = (values: readonly Rehearsed[], name: string): number =>
  values.find(({ policy }) => policy === name)?.value ?? Number.POSITIVE_INFINITY;

/** So that two miss rates of nothing can be compared. */
const LEAST = 0.002;

function oneMore({ gain, rounds }: Evidence, value: number, own: number): Evidence {
  if (value >= own) return NONE;
  return { gain: gain + Math.log((own + LEAST) / (value + LEAST)), rounds: rounds + 1 };
}
