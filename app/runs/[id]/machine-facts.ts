import type { RunQuality } from '../../../server/panel/wire.ts';
import { stickText } from '../../ui/usb-of.ts';
import type { Words } from '../../ui/words/en.ts';
import type { Format } from '../../ui/words/format.ts';

type Conditions = NonNullable<RunQuality['machine']>;

/** What the machine was like from a run's start to its end; nothing where its sensors said nothing. */
export function machineFacts(
  conditions: Conditions | null,
  w: Words,
  f: Format,
): readonly (readonly [name: string, value: string])[] {
  if (!conditions) return [];
  const { start, end, hottestC, throttledMs, sticks } = conditions;
  const said = [momentText(start, f), momentText(end, f)].filter(Boolean);
  if (said.length + sticks.length === 0) return [];
  const hottest = (celsius: number) => w.run.hottest(`${f.number(celsius, 1)} °C`);
  const rest = [
    // runs of before sticks told their temperature have none
    ...sticks.map(({ name, speedMbps, hottestC: ownC }) =>
      stickText(name, speedMbps, ownC == null ? null : hottest(ownC)),
    ),
    ...(hottestC === null ? [] : [hottest(hottestC)]),
    ...(throttledMs ? [w.run.throttledFor(f.ms(throttledMs))] : []),
  ];
  return [[w.units.machine, [[...new Set(said)].join(' → '), ...rest].join(' · ')]];
}

/** "54.3 °C, performance, 1.42 / 1.80 GHz" */
function momentText({ temperatureC, governor, clocksMHz }: Conditions['start'], f: Format): string {
  return [
    temperatureC === null ? '' : `${f.number(temperatureC, 1)} °C`,
    governor ?? '',
    clocksMHz.length === 0 ? '' : `${clocksMHz.map((mhz) => f.number(mhz / 1000, 2)).join(' / ')} GHz`,
  ]
    .filter(Boolean)
    .join(', ');
}
