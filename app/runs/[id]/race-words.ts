import { type Language, useSpoken } from '../../ui/words/language.ts';

// What is said of a race's rehearsals: fetched with them.

const en = {
  title: 'The race',
  hint: 'Rehearsed in the simulator while the run goes on; less is better. A newcomer takes over when it is clearly ahead, over the rounds so far.',
  empty: 'No rehearsal yet.',
  inCharge: 'In charge',
  nobody: 'before the first rehearsal',
  judged: (figure: string) => `Judged by: ${figure}`,
  rounds: 'Rehearsals, newest first',
  figures: { makespan: 'Makespan', p99: '99th percentile', missRate: 'Missed deadlines' },
  switched: 'took over',
  jobs: 'Jobs',
  took: 'Rehearsed in',
  newest: (n: string) => `The newest ${n} rehearsals.`,
};

export type RaceWords = typeof en;

const ko: RaceWords = {
  title: '정책 경주',
  hint: '실행하는 동안 시뮬레이터에서 시험합니다. 값이 작을수록 좋습니다. 지금까지의 시험에서 확실히 앞서야 교체됩니다.',
  empty: '아직 시험한 것이 없습니다.',
  inCharge: '결정한 정책',
  nobody: '첫 시험 전',
  judged: (figure) => `판단 기준: ${figure}`,
  rounds: '시험, 최신순',
  figures: { makespan: '전체 소요 시간', p99: '99번째 백분위수', missRate: '기한 초과율' },
  switched: '교체됨',
  jobs: '작업',
  took: '시험 시간',
  newest: (n) => `최근 시험 ${n}개입니다.`,
};

export const RACE_WORDS: Readonly<Record<Language, RaceWords>> = { en, ko };
export const useRaceWords = (): RaceWords => RACE_WORDS[useSpoken().language];
