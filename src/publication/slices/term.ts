import { type Slice, sliceKinds } from './slice.ts';

/** A condition that a reader puts into a feed's address: to be in a slice or, with `not`, outside it. */
export interface Term extends Pick<Slice, 'kind' | 'slug'> {
  readonly not?: true;
}

/** Writes conditions as a query: `tag=harbour&author=ana&not-tag=ads`. */
export function queryOf(terms: readonly Term[]): string {
  return terms.map(({ kind, slug, not }) => `${not ? 'not-' : ''}${kind}=${encodeURIComponent(slug)}`).join('&');
}

/** Sorts conditions and drops repeated ones, so that those with the same meaning have the same address. */
export function canonicalTerms(terms: readonly Term[]): readonly Term[] {
  const unique = new Map(terms.map((term) => [queryOf([term]), term]));
  return [...unique]
    .toSorted(([a, one], [b, two]) => rankOf(one) - rankOf(two) || (a < b ? -1 : 1))
    .map(([, term]) => term);
}

function rankOf({ kind, not }: Term): number {
  return sliceKinds.indexOf(kind) + (not ? sliceKinds.length : 0);
}
