import type { MachineNow } from '../../../server/panel/wire.ts';
import { bytes } from '../../models/amounts.ts';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

interface Props {
  /** null: the unit is simulated. */
  readonly machine: MachineNow | null;
  readonly computesWith: string | null;
  /** Of the unit's own device; null: it has no thermometer. */
  readonly deviceC: number | null;
}

/** What the unit computes with, and what the sensors of the machine say. */
export function Machine({ machine, computesWith, deviceC }: Props) {
  const w = useWords();
  const f = useFormat();
  if (!machine)
    return (
      <Section title={w.units.machine}>
        <p className="text-sm text-quiet">{w.units.noMachine}</p>
      </Section>
    );
  const { temperatureC, clusters, zones, governor, load, cores, memory, throttled, watts } = machine;
  const clocks = clusters.flatMap(({ clockMHz, maxMHz }) =>
    clockMHz === null ? [] : [`${f.number(clockMHz / 1000, 2)} / ${f.number(maxMHz / 1000, 2)} GHz`],
  );
  const facts: readonly (readonly [name: string, value: string])[] = [
    ...(computesWith === null ? [] : [[w.units.computesWith, computesWith] as const]),
    ...(deviceC === null ? [] : [[w.units.deviceTemperature, `${f.number(deviceC, 1)} °C`] as const]),
    [
      w.units.temperature,
      temperatureC === null
        ? w.common.none
        : zones.map((zone) => `${f.number(zone.temperatureC, 1)} °C (${zone.type})`).join(', '),
    ],
    [w.units.clock, clocks.join(', ') || w.common.none],
    ...(throttled
      ? [
          [
            w.run.noteKind.throttled,
            throttled.share < 1 ? w.run.heldAt(f.share(throttled.share)) : w.toasts.throttled,
          ] as const,
        ]
      : []),
    ...(watts === null ? [] : [['W', f.number(watts, 1)] as const]),
    [w.units.governor, governor ?? w.common.none],
    [w.units.load, w.units.loadOf(f.number(load, 2), f.number(cores))],
    [w.units.memory, `${bytes(memory.freeBytes, w, f)} / ${bytes(memory.totalBytes, w, f)}`],
  ];
  return (
    <Section title={w.units.machine} hint={w.units.machineHint}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-sm" data-testid="machine">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="num min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
