import { useMemo } from 'react';
import { useLive } from '../live/store.ts';
import { type Choice, usePreference } from '../preferences.ts';
import { type Language, useSpoken } from './language.ts';

export type Format = ReturnType<typeof formatsFor>;

/** Numbers, durations and dates as the language writes them. A value that is not known is a dash, never a guess. */
export function useFormat(): Format {
  const { language } = useSpoken();
  const zone = usePreference('zone');
  const clock = usePreference('clock');
  const boardZone = useLive(({ board }) => board?.timeZone);
  return useMemo(
    () => formatsFor(language, { timeZone: zoneOf(zone, boardZone), clock }),
    [language, zone, boardZone, clock],
  );
}

export interface WallClock {
  /** Left out: that of the device. */
  readonly timeZone?: string | undefined;
  readonly clock?: Choice<'clock'>;
}

export const zoneOf = (zone: Choice<'zone'>, boardZone: string | undefined): string | undefined =>
  zone === 'utc' ? 'UTC' : zone === 'board' ? boardZone : undefined;

const DASH = '–';
const known = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

export function formatsFor(language: Language, { timeZone, clock: hours = 'language' }: WallClock = {}) {
  const fixed = [0, 1, 2, 3].map(
    (digits) =>
      new Intl.NumberFormat(language, {
        ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
        signDisplay: 'negative', // a price of −0.001 ms is 0.00, not −0.00
      }),
  );
  const plain = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
  const wall: Intl.DateTimeFormatOptions = {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(hours === 'language' ? {} : { hourCycle: hours === '24' ? 'h23' : 'h12' }),
  };
  const date = new Intl.DateTimeFormat(language, { ...wall, dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(language, { ...wall, timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, {
    ...(timeZone === undefined ? {} : { timeZone }),
    day: 'numeric',
    month: 'short',
  });
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'narrow' });
  const unit = language === 'ko' ? { s: '초', min: '분', h: '시간' } : { s: 's', min: 'min', h: 'h' };
  const number = (value: number | null | undefined, digits = 0) =>
    known(value) ? (fixed[Math.min(3, digits)] as Intl.NumberFormat).format(value) : DASH;
  /** 3.39 ms · 54.1 ms · 582 ms · 1.20 s · 2 min 5 s */
  const ms = (value: number | null | undefined): string => {
    if (!known(value)) return DASH;
    if (value < 1000) return `${number(value, value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
    if (value < 60_000) return `${number(value / 1000, value < 10_000 ? 2 : 1)} ${unit.s}`;
    return clock(value);
  };
  /** For countdowns: whole seconds. */
  const clock = (value: number): string => {
    const seconds = Math.max(0, Math.round(value / 1000));
    if (seconds < 60) return `${number(seconds)} ${unit.s}`;
    if (seconds < 3600) return `${number(Math.floor(seconds / 60))} ${unit.min} ${number(seconds % 60)} ${unit.s}`;
    return `${number(Math.floor(seconds / 3600))} ${unit.h} ${number(Math.floor((seconds % 3600) / 60))} ${unit.min}`;
  };
  return {
    number,
    ms,
    /** Half an interval: ±0.80 ms; what is too narrow for two digits is not called nothing. */
    giveOrTake: (value: number) => (value < 0.005 ? `±<${number(0.01, 2)} ms` : `±${ms(value)}`),
    giveOrTakeTimes: (value: number) => (value < 0.005 ? `±<${number(0.01, 2)}` : `±${number(value, 2)}`),
    /** A round number, as an axis has them: no digits that say nothing, and symbols that every font has. */
    tick: (value: number) => plain.format(value),
    msTick: (value: number) =>
      Math.abs(value) < 1000 ? `${plain.format(value)} ms` : `${plain.format(value / 1000)} s`,
    clock,
    /** A share of 1 as a percentage. */
    share: (value: number | null | undefined, digits = 0) => (known(value) ? `${number(value * 100, digits)} %` : DASH),
    /** 640 MB · 12.3 GB: what disks are sold by. */
    bytes: (value: number | null | undefined) => {
      if (!known(value)) return DASH;
      const [size, name] = value < 1e6 ? [value / 1e3, 'kB'] : value < 1e9 ? [value / 1e6, 'MB'] : [value / 1e9, 'GB'];
      return `${number(size, size < 100 && name === 'GB' ? 1 : 0)} ${name}`;
    },
    /** Three figures that matter: 367, 61.2, 3.91. */
    rate: (value: number | null | undefined) =>
      known(value) ? number(value, value >= 100 ? 0 : value >= 10 ? 1 : 2) : DASH,
    date: (iso: string | null) => (iso ? date.format(new Date(iso)) : DASH),
    time: (iso: string | null) => (iso ? time.format(new Date(iso)) : DASH),
    /** Without the year, of milliseconds since 1970: 3 Nov. */
    day: (epochMs: number) => day.format(epochMs),
    since: (iso: string | null, nowMs: number) => {
      if (!iso) return DASH;
      const seconds = (Date.parse(iso) - nowMs) / 1000;
      if (seconds > -60) return ago.format(Math.min(0, Math.round(seconds)), 'second');
      if (seconds > -3600) return ago.format(Math.round(seconds / 60), 'minute');
      if (seconds > -86_400) return ago.format(Math.round(seconds / 3600), 'hour');
      return date.format(new Date(iso));
    },
  };
}
