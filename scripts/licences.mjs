// After `next build`: whose work ships with the panel and the server, and under which licences, as out/licences.json.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Only for development, yet part of what a browser gets: the panel's bundle has them in it. */
const IN_THE_PANEL =
  /^(@radix-ui\/|@fontsource-variable\/|@tanstack\/react-virtual$|lucide-react$|uplot$|uqr$|zustand$)/;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = shippedPackages(root);
  writeFileSync(join(root, 'out/licences.json'), JSON.stringify(packages));
  console.error(`licences: ${packages.length} packages`);
}

/** Every package that ships, with all that it needs, by name. */
export function shippedPackages(folder) {
  const own = read(join(folder, 'package.json'));
  const wanted = [
    ...Object.keys(own.dependencies ?? {}),
    ...Object.keys(own.devDependencies ?? {}).filter((name) => IN_THE_PANEL.test(name)),
  ];
  const found = new Map();
  for (const name of wanted) visit(name, folder, folder, found);
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

/** What is optional and was not installed does not ship. */
function visit(name, from, folder, found) {
  const place = placeOf(name, from, folder);
  if (!place || found.has(place)) return;
  const { version, license, licenses, dependencies, optionalDependencies, peerDependencies } = read(
    join(place, 'package.json'),
  );
  found.set(place, { name, version, licence: licenceOf(license ?? licenses), text: textOf(place) });
  const needed = { ...dependencies, ...optionalDependencies, ...requiredPeers(place, peerDependencies) };
  for (const each of Object.keys(needed)) visit(each, place, folder, found);
}

/** As Node looks for it: beside the package, then further and further out. */
function placeOf(name, from, folder) {
  for (let at = from; at.startsWith(folder); at = dirname(at)) {
    const place = join(at, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
  }
  return null;
}

/** A peer that is only for types or for building is not shipped by whoever names it. */
function requiredPeers(place, peers = {}) {
  const { peerDependenciesMeta = {} } = read(join(place, 'package.json'));
  const names = Object.keys(peers).filter(
    (name) => !peerDependenciesMeta[name]?.optional && !name.startsWith('@types/'),
  );
  return Object.fromEntries(names.map((name) => [name, peers[name]]));
}

function licenceOf(said) {
  if (typeof said === 'string') return said;
  if (Array.isArray(said)) return said.map(licenceOf).join(' OR ');
  return said?.type ?? 'unknown';
}

function textOf(place) {
  const file = readdirSync(place).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  return file ? readFileSync(join(place, file), 'utf8').trim() : null;
}

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
