import type { KeptUnitEvent } from '../../server/panel/wire.ts';
import { capital } from '../ui/trouble.tsx';
import type { Words } from '../ui/words/en.ts';
import type { Format } from '../ui/words/format.ts';
import { reasonWords } from './reason-words.ts';

/** What happened, without what kind of thing it was: in the reader's language where we know the words, else as the board said it. */
export function eventText({ kind, text }: Pick<KeptUnitEvent, 'kind' | 'text'>, w: Words, f: Format): string {
  if (text === '') return '';
  switch (kind) {
    case 'drift': {
      const factor = Number(text);
      return factor > 1
        ? w.units.slow(f.number(factor, 2))
        : factor > 0
          ? w.units.quick(f.number(1 / factor, 2))
          : capital(text);
    }
    case 'fault': {
      const [name = '', factor] = text.split(' ');
      const faults: Readonly<Record<string, string>> = w.board.fault;
      const said = faults[name] ?? capital(name);
      return factor === undefined ? said : `${said}: ×${f.tick(Number(factor))}`;
    }
    case 'options': {
      const [threads, cores = 'all'] = text.split(' ');
      return w.units.options(Number(threads), cores === 'all' ? w.units.allCores : w.units.cores(cores));
    }
    case 'excluded':
      return w.units.because(text);
    case 'lost':
    case 'left':
    case 'quarantined':
    case 'back':
    case 'faults-cleared':
    case 'released':
    case 'reset':
    case 'included':
      return reasonWords(text, w);
    default:
      return kind satisfies never;
  }
}

type Tone = 'bad' | 'warn' | 'good' | 'plain';
export const TONES: Readonly<Record<KeptUnitEvent['kind'], { readonly tone: Tone; readonly sign: string }>> = {
  lost: { tone: 'bad', sign: '✕' },
  left: { tone: 'bad', sign: '○' },
  quarantined: { tone: 'bad', sign: '■' },
  back: { tone: 'good', sign: '✓' },
  drift: { tone: 'warn', sign: '≈' },
  fault: { tone: 'warn', sign: '!' },
  'faults-cleared': { tone: 'plain', sign: '·' },
  released: { tone: 'plain', sign: '▶' },
  reset: { tone: 'plain', sign: '↻' },
  options: { tone: 'plain', sign: '·' },
  excluded: { tone: 'warn', sign: '−' },
  included: { tone: 'plain', sign: '+' },
};
