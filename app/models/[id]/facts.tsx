import type { ModelDetail } from '../../../server/panel/wire.ts';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { bytes } from '../amounts.ts';

/** What the model's file is, and what its classes are called. */
export function Facts({ model }: { readonly model: ModelDetail }) {
  const w = useWords();
  const f = useFormat();
  const facts: readonly (readonly [name: string, value: string])[] = [
    [w.models.parameters, model.parameters > 0 ? f.number(model.parameters) : w.common.none],
    [w.models.size, bytes(model.bytes, w, f)],
    [w.models.format, model.format.toUpperCase()],
    [w.models.weights, model.weights?.toUpperCase() ?? w.common.none],
    [w.models.classes, f.number(model.classes || null)],
    [w.models.labels, model.labels ? w.models.labelCount(f.number(model.labels.length)) : w.models.noLabels],
    [w.models.origin, model.builtIn ? w.models.builtIn : w.models.added(f.date(model.addedAt))],
  ];
  return (
    <section className="card px-4 py-3" aria-label={w.models.about}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-3 lg:grid-cols-7">
        {facts.map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-xs text-quiet">{name}</dt>
            <dd className="num font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {!model.trained && <p className="mt-3 text-sm text-warn">{w.models.untrainedHint}</p>}
      {model.sha256 && (
        <p className="mt-3 text-xs text-quiet">
          {w.models.sha}: <code className="break-all">{model.sha256}</code>
        </p>
      )}
      {model.labels && (
        <details className="mt-3">
          <summary className="link w-fit text-sm">{w.models.labelCount(f.number(model.labels.length))}</summary>
          <ScrollX name={w.models.labels} className="mt-2 max-h-72 overflow-y-auto">
            <ol start={0} className="list-decimal pl-12 text-sm [columns:14rem]">
              {model.labels.map((label, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place, and two may be called the same
                <li key={i}>{label}</li>
              ))}
            </ol>
          </ScrollX>
        </details>
      )}
    </section>
  );
}
