import { useState } from 'react';
import { FORMAT } from '../../../server/hardware/artefact.ts';
import type { FileView, ModelDetail } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { later } from '../../ui/later.tsx';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { bytes } from '../amounts.ts';

/** Fetched when somebody opens it. */
const AddFile = later(() => import('./add-file.tsx').then((module) => module.AddFile));

interface Props {
  readonly model: ModelDetail;
  reload(): void;
}

/** The model's files: what each holds, and which units run it. */
export function Files({ model, reload }: Props) {
  const w = useWords();
  const operates = useLive(mayOperate);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<FileView | null>(null);
  const words = w.models.files;
  const heads = [words.precision, w.models.size, words.stored];
  return (
    <Section title={words.title} hint={words.hint} flush>
      <ScrollX name={words.title}>
        <table className="table table-pinned" data-testid="model-files">
          <thead>
            <tr>
              <th scope="col">{w.models.format}</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="num">
                  {head}
                </th>
              ))}
              <th scope="col">{words.input}</th>
              <th scope="col">{words.output}</th>
              <th scope="col">{words.units}</th>
              <th scope="col">{w.models.sha}</th>
              {operates && <td />}
            </tr>
          </thead>
          <tbody>
            {model.files.map((file) => (
              <Row
                key={`${file.format}-${file.precision}`}
                file={file}
                operates={operates}
                removable={!file.builtIn && (model.builtIn || file.sha256 !== model.sha256)}
                onRemove={() => setRemoving(file)}
              />
            ))}
          </tbody>
        </table>
      </ScrollX>
      {operates && (
        <div className="px-4 py-3">
          <button type="button" className="btn" onClick={() => setAdding(true)}>
            {words.add}
          </button>
        </div>
      )}
      {adding && (
        <AddFile
          model={model}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
      {removing && (
        <Confirm
          question={words.removeQuestion(`${FORMAT[removing.format].ending} ${removing.precision.toUpperCase()}`)}
          yes={words.remove}
          onNo={() => setRemoving(null)}
          onYes={async () => {
            await api.delete(`/models/${encodeURIComponent(model.id)}/files/${removing.sha256}`);
            setRemoving(null);
            reload();
          }}
        />
      )}
    </Section>
  );
}

interface RowProps {
  readonly file: FileView;
  readonly operates: boolean;
  readonly removable: boolean;
  onRemove(): void;
}

function Row({ file, operates, removable, onRemove }: RowProps) {
  const w = useWords();
  const f = useFormat();
  const words = w.models.files;
  const { format, precision, parameters, originalParameters, inputs, outputs, units, sha256, tried } = file;
  const shape = (tensors: FileView['inputs']) =>
    tensors.map(({ type, shape }) => `${type} [${shape.map((size) => size ?? '?').join(', ')}]`).join('; ') ||
    w.common.none;
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap">
        {FORMAT[format].ending}
        {!file.builtIn && (
          <span className="block text-xs font-normal text-quiet">
            {tried ? words.tried : inputs.length > 0 ? words.read : words.untried}
          </span>
        )}
      </th>
      <td className="num">{precision.toUpperCase()}</td>
      <td className="num">
        {file.bytes === null ? <span className="text-quiet">{words.unwritten}</span> : bytes(file.bytes, w, f)}
      </td>
      <td className="num">
        {parameters ? f.number(parameters) : w.common.none}
        {originalParameters !== null && originalParameters !== parameters && (
          <span className="block text-xs text-quiet">
            {words.original}: {f.number(originalParameters)}
          </span>
        )}
      </td>
      <td className="whitespace-nowrap text-xs">{shape(inputs)}</td>
      <td className="whitespace-nowrap text-xs">{shape(outputs)}</td>
      <td className="text-xs">
        {units.length > 0 ? units.join(', ') : <span className="text-quiet">{words.noUnit}</span>}
      </td>
      <td className="text-xs">
        {sha256 ? (
          <code title={sha256}>{sha256.slice(0, 12)}…</code>
        ) : (
          <span className="text-quiet">{w.common.none}</span>
        )}
      </td>
      {operates && (
        <td>
          {removable && (
            <button type="button" className="link text-sm" onClick={onRemove}>
              {words.remove}
            </button>
          )}
        </td>
      )}
    </tr>
  );
}
