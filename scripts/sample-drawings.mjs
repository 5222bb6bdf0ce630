// The drawings themselves: each gives the inside of an SVG of the size it is handed. No text: fonts differ between machines.

function many(count, draw) {
  return Array.from({ length: count }, (_, i) => draw(i)).join('');
}
function gradient(id, stops, vertical = true) {
  const points = stops.map(([at, colour]) => `<stop offset="${at}" stop-color="${colour}"/>`).join('');
  return `<linearGradient id="${id}" x1="0" y1="0" x2="${vertical ? 0 : 1}" y2="${vertical ? 1 : 0}">${points}</linearGradient>`;
}
function glow(id, inner, outer) {
  return `<radialGradient id="${id}"><stop offset="0" stop-color="${inner}"/><stop offset="1" stop-color="${outer}" stop-opacity="0"/></radialGradient>`;
}

/** Tracks fan out from the horizon; each is two rails on sleepers that shrink with distance. */
export function switchyard(w, h) {
  const horizon = h * 0.52;
  const vanish = w * 0.56;
  const track = (foot) => {
    const rail = (side) =>
      `<path d="M${vanish} ${horizon} L${foot + side * 34} ${h}" stroke="#e8b98a" stroke-width="4"/>`;
    const sleepers = many(16, (i) => {
      const depth = ((i + 1) / 16) ** 2;
      const x = vanish + (foot - vanish) * depth;
      return `<rect x="${x - 50 * depth}" y="${horizon + (h - horizon) * depth - 4 * depth}" width="${100 * depth}" height="${9 * depth}" fill="#2a1a24"/>`;
    });
    return sleepers + rail(-1) + rail(1);
  };
  const lamp = (x, y, size, id) =>
    `<rect x="${x - 2}" y="${y}" width="4" height="${horizon + 60 - y}" fill="#1a1018"/><circle cx="${x}" cy="${y}" r="${size * 4}" fill="url(#${id})"/><circle cx="${x}" cy="${y}" r="${size}" fill="#fff4d8"/>`;
  return `<defs>${gradient('sky', [
    [0, '#251a4a'],
    [0.55, '#b8456b'],
    [1, '#ffb35c'],
  ])}${gradient('ground', [
    [0, '#5b3344'],
    [1, '#1c1220'],
  ])}${glow('sun', '#fff0b8', '#ffae50')}${glow('red', '#ff5a4a', '#ff2010')}${glow('green', '#7dffb0', '#10d060')}</defs>
    <rect width="${w}" height="${horizon}" fill="url(#sky)"/><circle cx="${vanish}" cy="${horizon - 8}" r="120" fill="url(#sun)"/>
    <path d="M0 ${horizon} L90 ${horizon - 60} L190 ${horizon - 18} L300 ${horizon - 74} L420 ${horizon - 10} L520 ${horizon - 50} L${w} ${horizon - 16} V${horizon} Z" fill="#3b2144"/>
    <rect y="${horizon}" width="${w}" height="${h - horizon}" fill="url(#ground)"/>${[-190, 90, 330, 570, 850].map(track).join('')}
    ${lamp(120, horizon - 70, 8, 'red')}${lamp(w - 90, horizon - 96, 9, 'green')}${lamp(330, horizon - 30, 4, 'green')}`;
}

export function signals(w, h) {
  const lamps = [
    ['#ff4136', 'a'],
    ['#ffb700', 'b'],
    ['#2ecc71', 'c'],
  ];
  const lamp = ([colour, id], i) => {
    const y = 120 + i * 116;
    return `<circle cx="${w / 2}" cy="${y}" r="86" fill="url(#${id})" opacity=".75"/><circle cx="${w / 2}" cy="${y}" r="44" fill="${colour}"/><ellipse cx="${w / 2 - 12}" cy="${y - 16}" rx="14" ry="9" fill="#fff" opacity=".55"/><path d="M${w / 2 - 56} ${y - 6} a56 56 0 0 1 112 0" fill="none" stroke="#0b0f14" stroke-width="14"/>`;
  };
  return `<defs>${gradient('night', [
    [0, '#0d2138'],
    [1, '#27496d'],
  ])}${lamps.map(([colour, id]) => glow(id, colour, colour)).join('')}</defs>
    <rect width="${w}" height="${h}" fill="url(#night)"/>${many(40, (i) => `<circle cx="${(i * 97) % w}" cy="${(i * 61) % h}" r="${1 + (i % 2)}" fill="#bcd4ee"/>`)}
    <rect x="${w / 2 - 12}" y="440" width="24" height="90" fill="#151b22"/><rect x="${w / 2 - 80}" y="44" width="160" height="400" rx="70" fill="#1b232d" stroke="#39485a" stroke-width="5"/>${lamps.map(lamp).join('')}`;
}

export function locomotive(w, h) {
  const wheel = (x, r) =>
    `<circle cx="${x}" cy="${312 - r}" r="${r}" fill="#22262e" stroke="#c8443a" stroke-width="7"/>${many(8, (i) => `<path d="M${x} ${312 - r} l${r * Math.cos((i * Math.PI) / 4)} ${r * Math.sin((i * Math.PI) / 4)}" stroke="#c8443a" stroke-width="4"/>`)}<circle cx="${x}" cy="${312 - r}" r="8" fill="#e9c46a"/>`;
  return `<rect width="${w}" height="${h}" fill="#cfe8ef"/><circle cx="540" cy="80" r="44" fill="#fff3c4"/><path d="M0 270 Q160 190 320 262 T640 236 V${h} H0 Z" fill="#8fbf8a"/>
    <rect y="312" width="${w}" height="${h - 312}" fill="#7d6a58"/><rect y="312" width="${w}" height="8" fill="#4a4f57"/>${many(22, (i) => `<rect x="${i * 30 + 4}" y="324" width="16" height="12" fill="#4d3a2c"/>`)}
    ${[
      [150, 66, 24],
      [196, 46, 30],
      [252, 34, 36],
    ]
      .map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}" fill="#f7fafb"/>`)
      .join('')}
    <rect x="110" y="150" width="300" height="92" rx="40" fill="#1f6f5c"/><rect x="130" y="88" width="36" height="70" fill="#22262e"/><rect x="120" y="80" width="56" height="16" fill="#e9c46a"/><path d="M236 152 a34 34 0 0 1 68 0" fill="#e9c46a"/>
    <rect x="386" y="96" width="140" height="152" fill="#175446"/><rect x="370" y="82" width="174" height="20" rx="8" fill="#c8443a"/><rect x="412" y="122" width="42" height="44" fill="#bfe3ee"/><rect x="466" y="122" width="42" height="44" fill="#bfe3ee"/>
    ${many(4, (i) => `<rect x="${170 + i * 54}" y="150" width="7" height="92" fill="#e9c46a"/>`)}<rect x="90" y="240" width="450" height="26" fill="#c8443a"/><path d="M92 266 L52 312 H120 Z" fill="#22262e"/><circle cx="104" cy="176" r="17" fill="#ffe89a"/>
    ${wheel(164, 28)}${wheel(268, 44)}${wheel(366, 44)}${wheel(470, 34)}<rect x="262" y="262" width="110" height="10" rx="5" fill="#9aa4af"/>`;
}

export function leaf(w, h) {
  const vein = (side) =>
    many(
      8,
      (i) =>
        `<path d="M0 ${i * 42 - 150} q${side * (88 - i * 7)} -14 ${side * (136 - Math.abs(i - 3) * 17)} -66" fill="none" stroke="#cfe8a0" stroke-width="3" opacity=".8"/>`,
    );
  return `<defs>${gradient('paper', [
    [0, '#f8f1df'],
    [1, '#e6d8b8'],
  ])}${gradient(
    'green',
    [
      [0, '#2f7d32'],
      [0.5, '#57a639'],
      [1, '#a4c639'],
    ],
    false,
  )}<filter id="soft"><feGaussianBlur stdDeviation="9"/></filter><clipPath id="edge"><path d="M0 -200 C150 -120 170 70 0 190 C-170 70 -150 -120 0 -200"/></clipPath></defs>
    <rect width="${w}" height="${h}" fill="url(#paper)"/><g transform="translate(${w / 2} ${h / 2 - 6}) rotate(28)">
    <path d="M12 -188 C162 -108 182 82 12 202 C-158 82 -138 -108 12 -188" fill="#7a6a48" opacity=".5" filter="url(#soft)"/>
    <path d="M0 -200 C150 -120 170 70 0 190 C-170 70 -150 -120 0 -200" fill="url(#green)"/><g clip-path="url(#edge)">${vein(1)}${vein(-1)}</g><path d="M0 -196 Q6 0 0 190 q-4 30 -22 54" fill="none" stroke="#dff0b5" stroke-width="7" stroke-linecap="round"/></g>`;
}

export function cup(w, h) {
  const steam = (x) =>
    `<path d="M${x} 176 q-26 -34 0 -66 t0 -66" fill="none" stroke="#fff" stroke-width="11" stroke-linecap="round" opacity=".7"/>`;
  return `<rect width="${w}" height="${h}" fill="#e07a5f"/><rect y="350" width="${w}" height="130" fill="#81412f"/><ellipse cx="232" cy="392" rx="184" ry="34" fill="#5f2c1e"/><ellipse cx="232" cy="382" rx="170" ry="30" fill="#f4f1de"/>
    <path d="M352 244 q86 -6 80 54 q-6 58 -98 50" fill="none" stroke="#f4f1de" stroke-width="24"/><path d="M104 208 H360 Q356 372 232 376 Q108 372 104 208" fill="#fffaf0"/><path d="M300 222 q12 90 -36 140 q84 -24 92 -146 z" fill="#e4dcc6"/>
    <ellipse cx="232" cy="208" rx="128" ry="30" fill="#e9dfc9"/><ellipse cx="232" cy="210" rx="112" ry="23" fill="#4a2a18"/><path d="M232 196 q30 -8 30 10 q-6 12 -30 20 q-24 -8 -30 -20 q0 -18 30 -10" fill="#d9a066"/>${[172, 232, 292].map(steam).join('')}`;
}

export function waves(w, h) {
  const r = 56;
  const fan = (x, y) =>
    ['#0b3c5d', '#f2f6f8', '#1d6996', '#f2f6f8', '#38a3c4', '#f2f6f8', '#9fd8e6']
      .map((colour, i) => `<circle cx="${x}" cy="${y}" r="${r - i * 8}" fill="${colour}"/>`)
      .join('');
  const row = (j) => many(Math.ceil(w / (2 * r)) + 2, (i) => fan(i * 2 * r + (j % 2 ? r : 0) - r, j * (r / 2)));
  return `<rect width="${w}" height="${h}" fill="#0b3c5d"/>${many(Math.ceil(h / (r / 2)) + 3, row)}<circle cx="${w - 116}" cy="98" r="62" fill="#e4572e" stroke="#f2f6f8" stroke-width="8"/>`;
}

export function cat(w, h) {
  const ear = (side) =>
    `<path d="M${240 + side * 150} 238 L${240 + side * 164} 62 L${240 + side * 40} 152 Z" fill="#e8963e"/><path d="M${240 + side * 132} 190 L${240 + side * 144} 104 L${240 + side * 76} 152 Z" fill="#f6c1b0"/>`;
  const eye = (side) =>
    `<ellipse cx="${240 + side * 68}" cy="250" rx="40" ry="36" fill="#d8ec8a"/><ellipse cx="${240 + side * 68}" cy="250" rx="11" ry="32" fill="#1d1d1f"/><circle cx="${240 + side * 68 + 12}" cy="236" r="8" fill="#fff"/>`;
  const whiskers = (side) =>
    many(
      3,
      (i) =>
        `<path d="M${240 + side * 52} ${330 + i * 12} q${side * 80} ${(i - 1) * 22 - 14} ${side * 150} ${(i - 1) * 34}" fill="none" stroke="#fff" stroke-width="4"/>`,
    );
  return `<rect width="${w}" height="${h}" fill="#3d5a80"/><circle cx="240" cy="270" r="206" fill="#4d6f9c"/>${ear(-1)}${ear(1)}<ellipse cx="240" cy="278" rx="168" ry="150" fill="#e8963e"/>
    ${[-44, 0, 44].map((x) => `<path d="M${240 + x - 10} 134 q10 -12 20 0 l-6 62 q-4 8 -8 0 z" fill="#a85a1c"/>`).join('')}${[-1, 1].map((s) => many(2, (i) => `<path d="M${240 + s * 166} ${270 + i * 46} l${-s * 54} ${10 - i * 2} l${s * 48} 16 z" fill="#a85a1c"/>`)).join('')}
    <ellipse cx="240" cy="346" rx="86" ry="64" fill="#fbe7cf"/>${eye(-1)}${eye(1)}<path d="M218 304 h44 l-22 26 z" fill="#d9636b"/><path d="M240 328 v18 m0 0 q-20 30 -44 10 m44 -10 q20 30 44 10" fill="none" stroke="#5b3416" stroke-width="6" stroke-linecap="round"/>${whiskers(-1)}${whiskers(1)}`;
}

/** A floor in perspective: rows of tiles whose depth halves the distance to the horizon. */
export function marble(w, h) {
  const horizon = h * 0.42;
  const y = (j) => horizon + (h - horizon) / (1 + j * 0.42);
  const x = (i, j) => w / 2 + ((i - 8) * 120) / (1 + j * 0.42);
  const tile = (i, j) =>
    `<path d="M${x(i, j)} ${y(j)} L${x(i + 1, j)} ${y(j)} L${x(i + 1, j + 1)} ${y(j + 1)} L${x(i, j + 1)} ${y(j + 1)} Z" fill="${(i + j) % 2 ? '#f3efe6' : '#2b2d42'}"/>`;
  return `<defs>${gradient('wall', [
    [0, '#8d99ae'],
    [1, '#edf2f4'],
  ])}<radialGradient id="ball" cx=".34" cy=".28" r=".8"><stop offset="0" stop-color="#fff"/><stop offset=".18" stop-color="#ff9aa8"/><stop offset=".6" stop-color="#d90429"/><stop offset="1" stop-color="#5c0011"/></radialGradient><filter id="soft"><feGaussianBlur stdDeviation="10"/></filter></defs>
    <rect width="${w}" height="${h}" fill="url(#wall)"/>${many(14, (j) => many(16, (i) => tile(i, j)))}<ellipse cx="340" cy="366" rx="128" ry="30" opacity=".55" filter="url(#soft)"/><circle cx="300" cy="252" r="118" fill="url(#ball)"/>`;
}
