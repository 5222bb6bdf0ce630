import type { InferenceView } from '../../server/panel/wire.ts';
import { Section } from '../ui/section.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useInferWords } from './infer-words.ts';

/** In the order in which they happen; each with a shade and a hatch of its own. */
const PARTS = [
  { part: 'queueMs', look: 'bg-line-strong' },
  { part: 'prepareMs', look: 'bg-[#56b4e9] bg-[repeating-linear-gradient(45deg,transparent_0_4px,#0003_4px_6px)]' },
  { part: 'switchMs', look: 'bg-[#e69f00] bg-[repeating-linear-gradient(-45deg,transparent_0_4px,#0003_4px_6px)]' },
  { part: 'computeMs', look: 'bg-[#009e73]' },
  { part: 'hopMs', look: 'bg-[#cc79a7] bg-[repeating-linear-gradient(90deg,transparent_0_3px,#0003_3px_5px)]' },
] as const;

/** Where the time of one inference went: a bar, and the same as a list of figures. */
export function TimeSplit({ latency }: { readonly latency: InferenceView['latency'] }) {
  const words = useInferWords();
  const f = useFormat();
  const share = (ms: number) => (latency.totalMs > 0 ? ms / latency.totalMs : 0);
  return (
    <Section title={words.split}>
      <div aria-hidden="true" className="mb-3 flex h-4 w-full overflow-hidden rounded bg-track">
        {PARTS.map(({ part, look }) => (
          <span key={part} className={`h-full ${look}`} style={{ width: `${100 * share(latency[part])}%` }} />
        ))}
      </div>
      <dl className="grid gap-2 text-sm" data-testid="time-split">
        {PARTS.map(({ part, look }) => (
          <div key={part} className="grid grid-cols-[0.75rem_minmax(0,1fr)_auto_3rem] items-baseline gap-x-2">
            <i aria-hidden="true" className={`size-3 self-center rounded-[3px] ${look}`} />
            <dt className="min-w-0">
              {words.parts[part]}
              <span className="block text-xs text-quiet">
                {words.partHints[part]}
                {part === 'computeMs' && latency.deviceMs !== null && `, ${words.onDevice(f.ms(latency.deviceMs))}`}
              </span>
            </dt>
            <dd className="num font-medium">{f.ms(latency[part])}</dd>
            <dd className="num text-right text-xs text-quiet">{f.share(share(latency[part]))}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
