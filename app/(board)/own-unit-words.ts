import type { Language } from '../ui/words/language.ts';

interface OwnUnitWords {
  readonly add: string;
  readonly change: string;
  readonly intro: string;
  readonly name: string;
  readonly slots: string;
  readonly slotsHint: string;
  readonly switchMs: string;
  readonly times: string;
  readonly timesHint: string;
  readonly nameNeeded: string;
  readonly timeNeeded: string;
  readonly save: string;
  readonly remove: string;
  readonly removeQuestion: (name: string) => string;
}

const en: OwnUnitWords = {
  add: 'Add a simulated unit',
  change: 'Change this unit',
  intro: 'It stands beside the real units of this machine, and everything it touches says SIMULATED.',
  name: 'Name',
  slots: 'Models it holds at once',
  slotsHint: 'Empty: as many as there are',
  switchMs: 'A model switch costs (ms)',
  times: 'Milliseconds of one inference',
  timesHint: 'Empty: it cannot run that model',
  nameNeeded: 'A unit needs a name.',
  timeNeeded: 'It must be able to run a model.',
  save: 'Save',
  remove: 'Remove this unit',
  removeQuestion: (name) => `Remove ${name}? What was measured of it goes with it; runs are kept.`,
};

const ko: OwnUnitWords = {
  add: '시뮬레이션 장치 추가',
  change: '이 장치 바꾸기',
  intro: '이 컴퓨터의 실제 장치 옆에 놓이며, 관련된 모든 결과에 SIMULATED가 표시됩니다.',
  name: '이름',
  slots: '동시에 담는 모델 수',
  slotsHint: '비워 두면 모든 모델',
  switchMs: '모델 교체 비용(ms)',
  times: '추론 한 번의 시간(ms)',
  timesHint: '비워 두면 그 모델을 실행하지 못합니다',
  nameNeeded: '장치 이름이 필요합니다.',
  timeNeeded: '실행할 수 있는 모델이 하나는 있어야 합니다.',
  save: '저장',
  remove: '이 장치 삭제',
  removeQuestion: (name) => `${name}을(를) 삭제할까요? 측정값은 함께 사라지고 실행 기록은 남습니다.`,
};

/** Beside the panel's words, and fetched with what says them. */
export const OWN_UNIT_WORDS: Readonly<Record<Language, OwnUnitWords>> = { en, ko };
