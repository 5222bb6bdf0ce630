import { SENTENCES, type Sentences } from '../../server/hardware/doctor/sentences.ts';
import type { Language } from '../ui/words/language.ts';

interface DoctorWords {
  readonly title: string;
  readonly well: string;
  readonly broken: (n: number) => string;
  readonly again: string;
  readonly looking: string;
  readonly level: Readonly<Record<'good' | 'note' | 'warn' | 'broken', string>>;
  readonly sentences: Sentences;
}

const en: DoctorWords = {
  title: 'Doctor: what this machine has and lacks',
  well: 'Everything that is plugged in can be used.',
  broken: (n) => (n === 1 ? 'One thing does not work.' : `${n} things do not work.`),
  again: 'Look again',
  looking: 'Looking…',
  level: { good: 'good', note: 'for information', warn: 'could be better', broken: 'does not work' },
  sentences: SENTENCES,
};

const ko: DoctorWords = {
  title: '진단: 이 기기에 있는 것과 없는 것',
  well: '연결된 장치를 모두 쓸 수 있습니다.',
  broken: (n) => `동작하지 않는 것이 ${n}가지 있습니다.`,
  again: '다시 확인',
  looking: '확인하는 중…',
  level: { good: '좋음', note: '참고', warn: '개선할 수 있음', broken: '동작하지 않음' },
  sentences: {
    node: ({ version }) => `Node 버전: ${version}`,
    'node-old': ({ version, needed }) => `Node ${version}은(는) 너무 오래되었습니다. ${needed} 이상이 필요합니다`,
    glibc: ({ version }) => `glibc 버전: ${version}`,
    'glibc-old': ({ version, needed }) =>
      `glibc ${version}은(는) 너무 오래되었습니다. ${needed}(Debian 10) 이상이 필요합니다. 더 새로운 이미지나 컨테이너를 쓰세요`,
    'glibc-none': () => '이 시스템에는 glibc가 없습니다. 가속기 라이브러리에는 glibc가 필요합니다',
    chip: ({ model }) => `보드: ${model}`,
    stick: ({ device, port, id }) => `${device}이(가) ${port} 포트에 연결되어 있습니다(${id})`,
    'stick-none': ({ device, ids }) => `${device}이(가) 연결되어 있지 않습니다(${ids})`,
    'stick-further': ({ device, ports }) =>
      `${device}이(가) ${ports} 포트에 하나 더 연결되어 있지만 쓰지 않습니다. 같은 종류는 한 번에 하나만 씁니다`,
    'stick-slow': ({ device, port, mbps }) =>
      `${device}이(가) USB 2 포트(${port}, ${mbps} Mbit/s)에 있어 전송이 느립니다. 파란색 포트로 옮기세요`,
    'stick-denied': ({ device, node, rule }) =>
      `${device}: 이 사용자는 ${node}을(를) 열 수 없습니다. 아래 내용을 /etc/udev/rules.d/99-switchyard.rules에 넣고 사용자를 plugdev 그룹에 추가한 뒤 "sudo udevadm control --reload"를 실행하고 다시 꽂으세요.\n${rule}`,
    'stick-hidden': ({ device, node }) =>
      `${device}: ${node}이(가) 보이지 않습니다. 컨테이너라면 /dev/bus/usb를 넘겨 주세요(docker run --device /dev/bus/usb)`,
    library: ({ device, file }) => `${device} 라이브러리: ${file}`,
    'library-none': ({ device, names }) => `${device} 라이브러리를 찾지 못했습니다(${names})`,
    folders: ({ folders }) => `라이브러리를 찾는 폴더: ${folders}`,
    'library-refused': ({ device, file, words }) => `${device} 라이브러리를 불러올 수 없습니다(${file}): ${words}`,
    proxy: () => 'npu_transfer_proxy가 실행 중입니다',
    'proxy-none': () => 'npu_transfer_proxy가 실행되고 있지 않아 NPU를 쓸 수 없습니다. root로 실행하세요',
    governor: ({ governor }) => `거버너: ${governor}`,
    'governor-slow': ({ governor }) =>
      `거버너가 ${governor}여서 클록과 시간이 부하에 따라 달라집니다. 측정할 때: echo performance | sudo tee /sys/devices/system/cpu/cpufreq/policy*/scaling_governor`,
    heat: ({ zones }) => `온도: ${zones}`,
    throttled: ({ share, zones }) =>
      `열 때문에 클록이 ${share}로 제한되고 있습니다: ${zones}. 통풍이나 팬이 필요합니다`,
    'sensors-none': () => '커널이 온도와 클록을 알려 주지 않습니다',
  },
};

/** Beside the panel's words, and fetched with what says them: most people never ask. */
export const DOCTOR_WORDS: Readonly<Record<Language, DoctorWords>> = { en, ko };
