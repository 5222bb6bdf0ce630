import { parseSearch, type Term } from '../../server/history/search/parse.ts';

// What a search says of one filter, and searches that say something else of it. The rest stays as it was typed.

/** Its one value; empty where there is none, or where the search says more than a list of choices could. */
export function oneValue(text: string, field: string): string {
  const named = termsOf(text, field);
  const [only] = named;
  return named.length === 1 && only?.kind === 'word' && only.values.length === 1 ? (only.values[0] ?? '') : '';
}

/** The search with that value alone for the filter; without the filter when the value is empty. */
export function withValue(text: string, field: string, value: string): string {
  let rest = text;
  for (const { from, to } of termsOf(text, field).reverse())
    rest = `${rest.slice(0, from).trimEnd()} ${rest.slice(to).trimStart()}`;
  const kept = rest.trim();
  return value === '' ? kept : `${kept} ${field}:${quoted(value)}`.trim();
}

/** Another tag beside those that are asked for already. */
export const withTag = (text: string, tag: string): string => {
  const asked = termsOf(text, 'tag').some((term) => term.kind === 'word' && term.values.includes(tag));
  return asked ? text : `${text} tag:${quoted(tag)}`.trim();
};

const quoted = (value: string): string =>
  /[\s",]/.test(value) ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : value;

/** Parts that ask for it; those that leave it out are not a choice. */
function termsOf(text: string, field: string): Term[] {
  const parsed = parseSearch(text);
  if (!parsed.ok) return [];
  return parsed.value.filter((term) => !term.not && 'field' in term && term.field === field);
}
