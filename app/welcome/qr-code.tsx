import { encode } from 'uqr';

/** Black on white in either theme: cameras expect it so. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <figure className="w-28 text-center">
      <svg role="img" aria-label={`${label}: ${text}`} viewBox={`0 0 ${size} ${size}`} className="rounded-md bg-white">
        <path d={path} fill="#000" />
      </svg>
      <figcaption className="mt-1 text-2xs text-quiet">{label}</figcaption>
    </figure>
  );
}
