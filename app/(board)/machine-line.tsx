import type { MachineWatched } from '../../server/panel/wire.ts';
import { bytes } from '../models/amounts.ts';
import { useLive } from '../ui/live/store.ts';
import { stickText } from '../ui/usb-of.ts';
import type { Words } from '../ui/words/en.ts';
import { type Format, useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** How the machine itself is, in one line: what its sensors do not say is left out. */
export function MachineLine() {
  const w = useWords();
  const f = useFormat();
  const machine = useLive(({ state }) => state?.machine ?? null);
  if (!machine) return null;
  return (
    <p className="num flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-quiet" data-testid="machine-line">
      <b className="font-semibold">{w.board.shipped.machine}</b>
      {machine.throttled && (
        <b className="font-semibold text-warn" data-testid="machine-throttled">
          ▲ {machine.throttled.share < 1 ? w.run.heldAt(f.share(machine.throttled.share)) : w.toasts.throttled}
        </b>
      )}
      {partsOf(machine, w, f).map(([name, value]) => (
        <span key={name} className="whitespace-nowrap" title={name}>
          {value}
        </span>
      ))}
    </p>
  );
}

function partsOf(machine: MachineWatched, w: Words, f: Format): readonly (readonly [name: string, value: string])[] {
  const { temperatureC, clusters, clockMHz, governor, watts, load, cores, memory, zones, sticks } = machine;
  const clocks = clusters.flatMap((cluster) => cluster.clockMHz ?? []);
  const zoneNames = zones.map((zone) => `${zone.type} ${f.number(zone.temperatureC, 1)} °C`).join(', ');
  return [
    ...(temperatureC === null ? [] : [[zoneNames, `${f.number(temperatureC, 0)} °C`] as const]),
    ...(clockMHz === null
      ? []
      : [[w.units.clock, `${clocks.map((mhz) => f.number(mhz / 1000, 2)).join(' / ')} GHz`] as const]),
    ...(governor === null ? [] : [[w.units.governor, governor] as const]),
    ...(watts === null ? [] : [['W', `${f.number(watts, 1)} W`] as const]),
    ...sticks.map(
      ({ name, speedMbps, temperatureC: ownC }) =>
        [name, stickText(name, speedMbps, ownC === null ? null : `${f.number(ownC, 0)} °C`)] as const,
    ),
    [w.units.load, `${w.units.load} ${w.units.loadOf(f.number(load, 1), f.number(cores))}`],
    [w.units.memory, `${w.units.memory} ${bytes(memory.freeBytes, w, f)} / ${bytes(memory.totalBytes, w, f)}`],
  ];
}
