import { isOver } from '../../../server/application/status.ts';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { useWords } from '../../ui/words/language.ts';

/** The parts of a run's page, as far as they are there: a way to each, and an address for each. */
export function SectionsNav({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const over = isOver(run.status);
  const measured = over && run.figures !== null;
  const parts = [
    ['schedule', w.gantt.title, true],
    ['charts', w.run.charts, true],
    ['decisions', w.run.decisionLog, true],
    ['events', w.run.notes, over || run.notes.length > 0],
    ['summary', w.run.verdict, measured],
    ['latency', w.run.ecdf, measured],
    ['models', w.run.perModel, measured],
    ['units', w.run.perUnit, measured],
    ['answers', w.run.answers, over && run.answers.length > 0],
    ['environment', w.run.environment, true],
    ['files', w.run.downloads, over],
  ] as const;
  return (
    <nav aria-label={w.run.parts} className="no-print scroll-x -my-1 flex gap-1 py-1 text-sm">
      {parts
        .filter(([, , there]) => there)
        .map(([anchor, name]) => (
          <a
            key={anchor}
            href={`#${anchor}`}
            className="shrink-0 rounded-lg px-2.5 py-1.5 whitespace-nowrap text-quiet hover:bg-sunken hover:text-text"
          >
            {name}
          </a>
        ))}
    </nav>
  );
}
