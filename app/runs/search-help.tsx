import { ScrollX } from '../ui/scroll-x.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useWords } from '../ui/words/language.ts';

const EXAMPLES = [
  ['text', 'poster night'],
  ['quote', '"night sweep"  "policy:x"'],
  ['policy', 'policy:sjf,fcfs'],
  ['star', 'model:resnet*'],
  ['where', 'unit:npu  board:tinker'],
  ['tag', 'tag:paper -tag:draft'],
  ['status', 'status:done,stopped'],
  ['number', 'rate>30  p99<=200ms  util>80%'],
  ['range', 'id:100..200'],
  ['time', 'after:2026-11-01 before:7d'],
  ['by', 'by:ada'],
  ['has', 'has:note  -has:figures'],
  ['archived', 'archived:yes'],
] as const;

/** The language of searches, by example. A click searches. */
export function SearchHelp({ onTry, onClose }: { onTry(text: string): void; onClose(): void }) {
  const w = useWords();
  const { help } = w.runs;
  return (
    <Sheet title={help.open} wide onClose={onClose}>
      <p className="mb-3 text-sm text-quiet">{help.intro}</p>
      <ScrollX name={help.open}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{help.example}</th>
              <th scope="col">{help.means}</th>
            </tr>
          </thead>
          <tbody>
            {EXAMPLES.map(([key, example]) => (
              <tr key={key}>
                <td>
                  <button
                    type="button"
                    className="link min-h-8 text-left font-mono text-xs whitespace-pre-wrap"
                    onClick={() => onTry(example.replaceAll(/\s+/g, ' '))}
                  >
                    {example}
                  </button>
                </td>
                <td>{help.rows[key]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Sheet>
  );
}
