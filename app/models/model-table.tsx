import Link from 'next/link';
import type { BoardView, ModelView } from '../../server/panel/wire.ts';
import { looksOf } from '../ui/model-look.ts';
import { ModelMark } from '../ui/model-mark.tsx';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Section } from '../ui/section.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { bytes, parameters } from './amounts.ts';
import { tableModels } from './use-models.ts';

interface Props {
  readonly models: readonly ModelView[];
  readonly boards: readonly BoardView[];
}

/** What each network is: its file, or that only tables know it. */
export function ModelTable({ models, boards }: Props) {
  const w = useWords();
  const f = useFormat();
  const others = tableModels(boards, models);
  const looks = looksOf([...models.map(({ id }) => id), ...others]);
  const heads = [w.models.parameters, w.models.size, w.models.format, w.models.weights, w.models.classes];
  return (
    <Section title={w.models.about} hint={w.models.aboutHint} flush>
      <ScrollX name={w.models.about}>
        <table className="table table-pinned" data-testid="model-table">
          <thead>
            <tr>
              <th scope="col">{w.models.model}</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="num">
                  {head}
                </th>
              ))}
              <th scope="col">{w.models.labels}</th>
              <th scope="col">{w.models.origin}</th>
            </tr>
          </thead>
          <tbody>
            {models.map((model, m) => (
              <tr key={model.id}>
                <Name id={model.id} name={model.name} look={looks[m]} />
                <td className="num" title={f.number(model.parameters)}>
                  {parameters(model.parameters, w, f)}
                </td>
                <td className="num">{bytes(model.bytes, w, f)}</td>
                <td className="num">{model.format.toUpperCase()}</td>
                <td className="num">{model.weights?.toUpperCase() ?? w.common.none}</td>
                <td className="num">{f.number(model.classes || null)}</td>
                <td>
                  {model.hasLabels ? w.models.hasLabels : <span className="text-quiet">{w.models.noLabels}</span>}
                </td>
                <td className="whitespace-nowrap">
                  {model.builtIn ? w.models.builtIn : w.models.added(f.date(model.addedAt))}
                  {!model.trained && <span className="chip ml-2 bg-warn-soft text-warn">{w.common.untrained}</span>}
                  {!model.ready && <span className="chip ml-2">{w.models.writing}</span>}
                </td>
              </tr>
            ))}
            {others.map((id, o) => (
              <tr key={id}>
                <Name id={id} name={id} look={looks[models.length + o]} />
                {heads.map((head) => (
                  <td key={head} className="num text-quiet">
                    {w.common.none}
                  </td>
                ))}
                <td className="text-quiet">{w.common.none}</td>
                <td className="text-quiet">{w.models.tableOnly}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}

interface NameProps {
  readonly id: string;
  readonly name: string;
  readonly look: ReturnType<typeof looksOf>[number] | undefined;
}

function Name({ id, name, look }: NameProps) {
  return (
    <th scope="row">
      <span className="flex items-center gap-2 whitespace-nowrap">
        {look && <ModelMark look={look} />}
        <Link href={`/models/${id}`} prefetch={false} className="link max-w-48 truncate">
          {name}
        </Link>
      </span>
    </th>
  );
}
