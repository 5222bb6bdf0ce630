import { usePathname } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';
import { isOver } from '../../../server/application/status.ts';
import type { ExperimentView, LiveEvent, RunView, StorageState } from '../../../server/panel/wire.ts';
import { useLive } from '../live/store.ts';
import { useEvent } from '../live/use-event.ts';
import { preferred } from '../preferences.ts';
import { speak, type Toast, toast } from '../toasts/toasts.ts';
import type { Words } from '../words/en.ts';
import { type Format, useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import { createUnitWatch, type UnitChange } from './unit-changes.ts';

type Notice = Omit<Toast, 'id'>;

/** Tells what happens on the board, on whatever page somebody is. */
export function useNotices(): void {
  const w = useWords();
  const f = useFormat();
  const here = usePathname();
  const told = useRef(new Set<number>());
  const watch = useMemo(createUnitWatch, []);
  useEvent((event) => {
    const notice = ofEvent(event, told.current, w, f);
    if (notice) tell(notice, here);
  });
  useSpokenConnection(w);
  const units = useLive(({ state }) => state?.units);
  const boards = useLive(({ board }) => board?.boards);
  useHeat(w, here);
  useEffect(() => {
    if (!units || !boards) return;
    const nameOf = (id: string) => boards.flatMap((board) => board.units).find((unit) => unit.id === id)?.name ?? id;
    for (const change of watch.look(units))
      tell({ ...ofUnit(change, nameOf(change.unit), w, f), href: `/units/${change.unit}` }, here);
  }, [units, boards, watch, w, f, here]);
}

/** That heat holds the machine back, and that it does no longer; how things were when the page was opened is no news. */
function useHeat(w: Words, here: string): void {
  const throttled = useLive(({ state }) => (state?.machine ? state.machine.throttled !== null : null));
  const known = useRef<boolean | null>(null);
  useEffect(() => {
    const before = known.current;
    if (throttled === null || throttled === before) return;
    known.current = throttled;
    if (before === null) return;
    tell(throttled ? { kind: 'warn', text: w.toasts.throttled } : { kind: 'good', text: w.toasts.unthrottled }, here);
  }, [throttled, w, here]);
}

/** That live has stopped, and that it goes on: once each, though the banner counts every second. */
function useSpokenConnection(w: Words): void {
  const connection = useLive((live) => live.connection);
  const lost = useRef(false);
  useEffect(() => {
    if (connection === 'connecting' || (connection === 'lost') === lost.current) return;
    lost.current = connection === 'lost';
    speak(lost.current ? w.toasts.connectionLost : w.toasts.connectionBack);
  }, [connection, w]);
}

function ofEvent(event: LiveEvent, told: Set<number>, w: Words, f: Format): Notice | null {
  if (event.type === 'experiment') return ofExperiment(event.experiment, told, w, f);
  if (event.type === 'run') return ofRun(event.run, w);
  return event.type === 'storage' ? ofStorage(event.storage, w, f) : null;
}

/** Once, when it ends: an experiment of forty runs is one word. */
function ofExperiment(experiment: ExperimentView, told: Set<number>, w: Words, f: Format): Notice | null {
  const { id, status, runs } = experiment;
  if (!isOver(status)) {
    told.delete(id);
    return null;
  }
  if (told.has(id)) return null;
  told.add(id);
  if (status === 'stopped') return null; // whoever stopped it knows
  const [only, ...others] = runs;
  const href = only && others.length === 0 ? `/runs/${only.id}` : `/experiments/${id}`;
  const name = experiment.name || w.experiments.title1(String(id));
  const over = runs.filter((run) => run.status === 'done').length;
  if (status === 'done') return { kind: 'good', text: w.toasts.done(name, over, f.number(over)), href };
  return { kind: 'bad', text: w.toasts.ended(name, w.common.status[status]), href };
}

const ofRun = (run: RunView, w: Words): Notice | null =>
  run.status === 'failed' ? { kind: 'bad', text: w.toasts.runFailed(String(run.id)), href: `/runs/${run.id}` } : null;

function ofStorage({ level, freeBytes }: StorageState, w: Words, f: Format): Notice {
  if (level === 'well') return { kind: 'good', text: w.storage.well };
  const text = { low: w.storage.low, full: w.storage.full, broken: w.storage.broken }[level];
  return { kind: level === 'low' ? 'warn' : 'bad', text: text(f.bytes(freeBytes)) };
}

function ofUnit(change: UnitChange, name: string, w: Words, f: Format): Notice {
  switch (change.what) {
    case 'lost':
      return { kind: 'warn', text: w.toasts.unitLost(name) };
    case 'quarantined':
      return { kind: 'bad', text: w.toasts.unitQuarantined(name) };
    case 'back':
      return { kind: 'good', text: w.toasts.unitBack(name) };
    case 'slower':
      return { kind: 'warn', text: w.toasts.unitSlower(name, f.number(change.times, 1)) };
    case 'quicker':
      return { kind: 'info', text: w.toasts.unitQuicker(name, f.number(change.times, 1)) };
    default:
      return change satisfies never;
  }
}

/** On the very page that it is about it is only spoken; to somebody who looks elsewhere the browser says it, if it may. */
function tell(notice: Notice, here: string): void {
  if (notice.href === here) speak(notice.text);
  else toast(notice);
  if (document.hidden) tellBrowser(notice);
}

function tellBrowser({ text, href }: Notice): void {
  if (preferred('notices') === 'off' || !mayTellBrowser()) return;
  const shown = new Notification('Switchyard', { body: text, tag: text, icon: '/icon.svg' });
  shown.onclick = () => {
    window.focus();
    if (href) location.assign(href);
  };
}

/** Browsers show messages only for pages over HTTPS, or of this machine itself. */
export const mayTellBrowser = (): boolean =>
  typeof Notification !== 'undefined' && window.isSecureContext && Notification.permission === 'granted';
