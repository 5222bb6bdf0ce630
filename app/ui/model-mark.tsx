import { HATCHES, type Look } from './model-look.ts';

/** A model's colour, hatch and letter, as it is drawn in the schedule. */
export function ModelMark({ look }: { readonly look: Look }) {
  return (
    <i
      aria-hidden="true"
      className="inline-grid h-4 min-w-7 place-items-center rounded-[3px] px-0.5 text-[0.625rem] leading-none font-bold not-italic"
      style={{ backgroundColor: look.colour, backgroundImage: hatchUrl(look.hatch), color: look.ink }}
    >
      <span className="rounded-sm px-0.5 py-px" style={{ backgroundColor: look.colour }}>
        {look.letter}
      </span>
    </i>
  );
}

const urls = new Map<number, string>();

function hatchUrl(hatch: number): string {
  const known = urls.get(hatch);
  if (known) return known;
  const dark = HATCHES[hatch];
  let cells = '';
  for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) if (dark?.(x, y)) cells += `M${x} ${y}h1v1h-1z`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="${cells}" fill="#000" fill-opacity=".28"/></svg>`;
  const url = cells ? `url("data:image/svg+xml,${encodeURIComponent(svg)}")` : 'none';
  urls.set(hatch, url);
  return url;
}
