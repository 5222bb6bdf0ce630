import { type Language, useSpoken } from '../ui/words/language.ts';

// What is said of backups and of what stays: fetched with the sections that say it.

const en = {
  copies: (size: string) =>
    `${size} are copies from before an upgrade or a restore: “copies” in the data folder. The newest three of each stay.`,
  retention: {
    hint: 'Older runs are deleted by the server, and leave a page that says what they were. Runs with a tag or a note stay. Both limits empty: all stay. With both, a run goes when it is beyond both.',
    newest: 'Keep the newest runs',
    days: 'Keep runs of the last days',
    all: 'all',
    save: 'Save',
    saved: 'Saved.',
    wrong: 'A whole number from 1, or empty.',
    question: (rule: string) =>
      `Delete older runs from now on (${rule})? What goes cannot be brought back; a backup can be downloaded first.`,
    newestRule: (n: string) => `runs kept: ${n}`,
    daysRule: (n: string) => `days kept: ${n}`,
  },
  backup: {
    hint: 'One tar file with all experiments, runs, models, pictures, recorded streams, measurements, boards, presets and views, as of this moment. Accounts, sessions and keys are not in it.',
    get: 'Download a backup',
    choose: 'Restore: drop a backup here, or choose one',
    sending: (part: string) => `Sending: ${part}`,
    checking: 'Checking every file in it…',
    question: (file: string, experiments: string, runs: string, size: string) =>
      `Restore “${file}”? It is checked first. When the server is started again, everything here is replaced by what is in it: experiments (${experiments}), runs (${runs}, ${size} in all), models, pictures, recorded streams, measurements, boards, presets and views. Accounts stay, and what is here now is moved to “copies” in the data folder.`,
    yes: 'Restore',
    waiting: (date: string, host: string, experiments: string, runs: string) =>
      `The backup of ${date} from ${host} (experiments: ${experiments}, runs: ${runs}) is whole. It takes the place of everything here when the server is started again.`,
    cancel: 'Do not restore it',
  },
};

export type StorageWords = typeof en;

const ko: StorageWords = {
  copies: (size) =>
    `업그레이드나 복원 전의 사본이 ${size}를 차지합니다(데이터 폴더의 “copies”). 종류마다 최신 세 개가 남습니다.`,
  retention: {
    hint: '오래된 실행은 서버가 삭제하고, 무엇이었는지 알려 주는 페이지를 남깁니다. 태그나 메모가 있는 실행은 남습니다. 두 칸을 모두 비우면 모두 남습니다. 둘 다 정하면 두 한도를 모두 넘은 실행만 삭제됩니다.',
    newest: '남길 최신 실행 수',
    days: '남길 최근 일수',
    all: '모두',
    save: '저장',
    saved: '저장했습니다.',
    wrong: '1 이상의 정수이거나 비어 있어야 합니다.',
    question: (rule) =>
      `지금부터 오래된 실행을 삭제할까요(${rule})? 삭제한 것은 되돌릴 수 없습니다. 먼저 백업을 내려받을 수 있습니다.`,
    newestRule: (n) => `남길 실행: ${n}`,
    daysRule: (n) => `남길 일수: ${n}`,
  },
  backup: {
    hint: '지금 이 순간의 모든 실험, 실행, 모델, 사진, 기록된 스트림, 측정값, 보드, 프리셋, 보기를 담은 tar 파일 하나입니다. 계정, 세션, 키는 들어 있지 않습니다.',
    get: '백업 내려받기',
    choose: '복원: 백업 파일을 여기에 놓거나 선택하세요',
    sending: (part) => `보내는 중: ${part}`,
    checking: '안의 모든 파일을 확인하는 중…',
    question: (file, experiments, runs, size) =>
      `“${file}”을(를) 복원할까요? 먼저 파일을 확인합니다. 서버를 다시 시작하면 여기 있는 모든 것, 즉 실험 ${experiments}개와 실행 ${runs}개(${size}), 모델, 사진, 기록된 스트림, 측정값, 보드, 프리셋, 보기가 백업의 내용으로 바뀝니다. 계정은 그대로이며, 지금 있는 것은 데이터 폴더의 “copies”로 옮겨집니다.`,
    yes: '복원',
    waiting: (date, host, experiments, runs) =>
      `${host}에서 ${date}에 만든 백업(실험 ${experiments}개, 실행 ${runs}개)은 온전합니다. 서버를 다시 시작하면 여기 있는 모든 것을 대신합니다.`,
    cancel: '복원하지 않기',
  },
};

export const STORAGE_WORDS: Readonly<Record<Language, StorageWords>> = { en, ko };
export const useStorageWords = (): StorageWords => STORAGE_WORDS[useSpoken().language];
