'use client';

import { useState } from 'react';
import type { Status } from '../../server/panel/wire.ts';
import { Choice } from '../settings/choice.tsx';
import { Refused } from '../ui/api.ts';
import { BoundBar } from '../ui/bound-bar.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import { MENU_ITEM, Menu } from '../ui/menu.tsx';
import { looksOf } from '../ui/model-look.ts';
import { ModelMark } from '../ui/model-mark.tsx';
import { NothingHere } from '../ui/nothing-here.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { BoardIcon, CloseIcon, PlusIcon, SettingsIcon } from '../ui/shell/icons.tsx';
import { Simulated, SimulatedMark } from '../ui/simulated.tsx';
import { StatusChip } from '../ui/status-chip.tsx';
import { Tile } from '../ui/tile.tsx';
import { type Toast, toast } from '../ui/toasts/toasts.ts';
import { Trouble } from '../ui/trouble.tsx';
import { UnitDot } from '../ui/unit-dot.tsx';
import { useWords } from '../ui/words/language.ts';
import { Shelf } from './shelf.tsx';

const COLOURS = [
  ...['ground', 'surface', 'raised', 'sunken', 'track', 'line', 'line-strong', 'text', 'quiet'],
  ...['accent', 'accent-soft', 'good', 'good-soft', 'warn', 'warn-soft', 'bad', 'bad-soft', 'sim', 'sim-soft'],
];
const STATUSES: readonly Status[] = ['queued', 'running', 'done', 'stopped', 'failed', 'interrupted'];
const UNIT_STATUSES = [
  ...(['asleep', 'starting', 'ready', 'loading'] as const),
  ...(['running', 'measuring', 'absent', 'quarantined'] as const),
];
const MODELS = ['mobilenet_v2', 'resnet50', 'resnet101', 'inception', 'vgg16', 'squeezenet', 'yolo', 'bert'];
const LETTERS: readonly ('a' | 'b' | 'c')[] = ['a', 'b', 'c'];
const KINDS: readonly Toast['kind'][] = ['good', 'info', 'warn', 'bad'];

/** Every component in every state, for whoever changes one: in development only. Switch language, theme and density above. */
export function Gallery() {
  return (
    <>
      <PageTitle title="Gallery" aside={<span className="text-sm text-quiet">npm run dev only</span>} />
      <div className="grid gap-5">
        <Foundations />
        <Buttons />
        <Inputs />
        <Signs />
        <Cards />
        <Overlays />
      </div>
    </>
  );
}

function Foundations() {
  return (
    <Section title="Foundations">
      <Shelf name="Type: h1, h2, body, small, smallest, figures, keys">
        <h1>Heading 한글 1</h1>
        <h2>Heading 한글 2</h2>
        <p>Body text 본문</p>
        <p className="text-sm">Small 작은 글씨</p>
        <p className="text-xs text-quiet">Quiet hint 안내</p>
        <p className="text-2xs text-quiet">Smallest 가장 작게</p>
        <p className="num">1,234.5 · 0.67</p>
        <p>
          <kbd>Ctrl</kbd> <kbd>K</kbd>
        </p>
        <a className="link" href="#link">
          A word that leads on
        </a>
      </Shelf>
      <Shelf name="Colours">
        {COLOURS.map((name) => (
          <span key={name} className="grid w-20 gap-1 text-2xs">
            <i className="h-9 rounded-md border border-line" style={{ background: `var(--${name})` }} />
            {name}
          </span>
        ))}
      </Shelf>
      <Shelf name="Models: Okabe–Ito colour, letter and hatch">
        {looksOf(MODELS).map((look, i) => (
          <span key={MODELS[i]} className="flex items-center gap-2 text-sm">
            <ModelMark look={look} /> {MODELS[i]}
          </span>
        ))}
      </Shelf>
    </Section>
  );
}

function Buttons() {
  return (
    <Section title="Buttons">
      {['', 'btn-primary', 'btn-danger', 'btn-quiet'].map((look) => (
        <Shelf key={look} name={look || 'btn'}>
          <button type="button" className={`btn ${look}`}>
            Usual
          </button>
          <button type="button" className={`btn ${look}`} aria-pressed="true">
            Pressed
          </button>
          <button type="button" className={`btn ${look}`} disabled>
            Disabled
          </button>
          <button type="button" className={`btn ${look}`}>
            <PlusIcon /> With an icon
          </button>
          <button type="button" className={`btn tip px-2 ${look}`} aria-label="Icon alone" data-tip="Icon alone">
            <SettingsIcon />
          </button>
        </Shelf>
      ))}
      <Shelf name="place: a page in the navigation">
        {[undefined, 'page' as const].map((current) => (
          <a key={String(current)} href="#place" className="place w-48" aria-current={current}>
            <BoardIcon /> {current ? 'Here' : 'Elsewhere'}
          </a>
        ))}
      </Shelf>
    </Section>
  );
}

function Inputs() {
  const [choice, setChoice] = useState<'a' | 'b' | 'c'>('a');
  return (
    <Section title="Inputs">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Empty" placeholder="Placeholder" />
        <Field label="With a hint" hint="One sentence" defaultValue="Filled in" />
        <Field label="Wrong" error="What is wrong, in one sentence." defaultValue="-3" />
        <Field label="Disabled" disabled defaultValue="Not now" />
        <div>
          <label className="label" htmlFor="gallery-select">
            Select
          </label>
          <select id="gallery-select" className="field">
            <option>One</option>
          </select>
        </div>
        <div>
          <label className="label" htmlFor="gallery-text">
            Long text
          </label>
          <textarea id="gallery-text" className="field min-h-20" defaultValue="Lines" />
        </div>
        <label className="choice self-end text-sm">
          <input type="checkbox" defaultChecked /> Checked
        </label>
        <label className="choice self-end text-sm">
          <input type="checkbox" /> Not checked
        </label>
      </div>
      <div className="mt-4 flex flex-wrap gap-8">
        <Choice
          legend="One of three"
          hint="A hint"
          choices={LETTERS}
          chosen={choice}
          nameOf={(each) => `Choice ${each}`}
          onChoose={(each) => setChoice(each)}
        />
        <Choice legend="Disabled" choices={['a']} chosen="a" disabled nameOf={() => 'Choice'} onChoose={() => {}} />
      </div>
    </Section>
  );
}

function Signs() {
  return (
    <Section title="Signs">
      <Shelf name="StatusChip">
        {STATUSES.map((status) => (
          <StatusChip key={status} status={status} />
        ))}
      </Shelf>
      <Shelf name="UnitDot">
        {UNIT_STATUSES.map((status) => (
          <UnitDot key={status} status={status} />
        ))}
      </Shelf>
      <Shelf name="Simulated">
        <Simulated source="simulated" />
        <Simulated source="mixed" />
        <SimulatedMark />
      </Shelf>
      <Shelf name="BoundBar">
        {[0, 40, 97, 100].map((value) => (
          <div key={value} className="w-72">
            <BoundBar value={value} bound={100} />
          </div>
        ))}
      </Shelf>
    </Section>
  );
}

function Cards() {
  const w = useWords();
  return (
    <Section title="Cards, tables, and what stands there when there is nothing">
      <div className="grid gap-4 lg:grid-cols-2">
        <Section
          title="Section"
          hint="hint"
          aside={
            <button type="button" className="btn">
              Aside
            </button>
          }
        >
          <div className="grid grid-cols-3 gap-2">
            <Tile name="Figure" value="61.2" unit="inf/s" note="±0.4" />
            <Tile name="Unknown" value={w.common.none} />
            <Tile name="Very long name of a figure" value="1,234,567" unit="ms" />
          </div>
        </Section>
        <Section title="Loading" flush>
          <div className="grid gap-2 p-4">
            <div className="skeleton h-6 w-1/2" />
            <div className="skeleton h-24" />
          </div>
        </Section>
        <Section title="Table" flush>
          <ScrollX name="Table">
            <table className="table">
              <thead>
                <tr>
                  <th>Name</th>
                  <th className="num">Figure</th>
                </tr>
              </thead>
              <tbody>
                {['fcfs', 'sjf'].map((name, i) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td className="num">{(38.9 + i * 22.3).toFixed(1)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
        </Section>
        <NothingHere sentence={w.common.notFound} />
      </div>
      <Trouble error={new Refused(409, 'conflict', 'the board is busy')} again={() => {}} />
      <Trouble error={new Refused(0, 'unreachable', '')} />
    </Section>
  );
}

function Overlays() {
  const [shown, setShown] = useState<'sheet' | 'wide' | 'confirm' | 'refused' | null>(null);
  const close = () => setShown(null);
  return (
    <Section title="What stands over the page">
      <Shelf name="Sheet, Confirm, Menu">
        {(['sheet', 'wide', 'confirm', 'refused'] as const).map((each) => (
          <button key={each} type="button" className="btn" onClick={() => setShown(each)}>
            {each}
          </button>
        ))}
        <Menu name="Menu">
          <button type="button" data-closes className={MENU_ITEM}>
            Do it
          </button>
          <button type="button" data-closes className={MENU_ITEM} disabled>
            Not now
          </button>
          <button type="button" data-closes className={`${MENU_ITEM} btn-danger`}>
            <CloseIcon /> Delete
          </button>
        </Menu>
      </Shelf>
      <Shelf name="Toasts">
        {KINDS.map((kind) => (
          <button key={kind} type="button" className="btn" onClick={() => toast({ kind, text: `This is ${kind}.` })}>
            {kind}
          </button>
        ))}
        <button type="button" className="btn" onClick={() => toast({ kind: 'info', text: 'A link', href: '/runs' })}>
          with a link
        </button>
        <button
          type="button"
          className="btn"
          onClick={() => toast({ kind: 'info', text: 'Three runs archived.', undo: async () => {} })}
        >
          with undo
        </button>
      </Shelf>
      {(shown === 'sheet' || shown === 'wide') && (
        <Sheet title="Sheet" wide={shown === 'wide'} onClose={close}>
          <p>Something to read, and a field.</p>
          <Field label="Field" />
        </Sheet>
      )}
      {(shown === 'confirm' || shown === 'refused') && (
        <Confirm
          question="Delete it? What was measured is lost."
          yes="Delete it"
          onNo={close}
          onYes={async () => {
            if (shown === 'refused') throw new Refused(409, 'conflict', 'it is running');
            close();
          }}
        />
      )}
    </Section>
  );
}
