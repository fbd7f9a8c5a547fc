import type { Instant } from '../article/article.ts';
import { nearest } from '../article/nearest.ts';
import { writeFeed } from '../feed/document.ts';
import type { Format } from '../feed/formats.ts';
import { rootFrom, subscribePath } from '../publication/addresses/address.ts';
import type { Edition } from '../publication/publication.ts';
import { hasPages } from '../publication/site/site.ts';
import { type SliceKind, sliceKinds, slicePath, sliceSlug } from '../publication/slices/slice.ts';
import { canonicalTerms, queryOf, type Term } from '../publication/slices/term.ts';
import type { Route } from './route.ts';
import { badRequest, movedPermanently } from './simple-responses.ts';

/** The conditions in an address such as `/rss.xml?tag=harbour&not-author=ana`, and their canonical query. */
export interface Combination {
  readonly terms: readonly Term[];
  readonly query: string;
}

/** The most conditions in an address. Each costs a read of the store. */
const mostTerms = 8;

/** The most names that are compared with an unknown one. */
const comparedNames = 500;

/**
 * Reads the conditions of a request for a feed; `undefined` if there are none. Returns a redirect if the combination
 * has another address, and an error if it has no meaning. `path` is the requested path and `own` that of the feed.
 */
export function combinationIn(url: string, path: string, own: string): Combination | Response | undefined {
  const start = url.indexOf('?');
  if (start === -1) return undefined;
  const search = url.slice(start + 1);
  const written = termsIn(search);
  if (written.length === 0) return undefined;
  const empty = written.find(({ value }) => value.trim() === '');
  if (empty !== undefined) return badRequest(`${empty.name}= needs a name, such as ${empty.name}=news.`);
  const terms = canonicalTerms(written.map(({ term }) => term));
  if (terms.length > mostTerms)
    return badRequest(`A feed has at most ${mostTerms} conditions; name it in publication.yaml to use more.`);
  const both = terms.find(({ not, ...term }) => not && terms.some((one) => !one.not && isSame(one, term)));
  if (both !== undefined)
    return badRequest(`${queryOf([both])} excludes what ${both.kind}= asks for; remove one of them.`);
  const query = queryOf(terms);
  const root = rootFrom(path.slice(1));
  const [only] = terms;
  // The feed of a language lacks its regional forms.
  if (terms.length === 1 && only !== undefined && !only.not && only.kind !== 'language')
    return movedPermanently(`${root}${slicePath(only)}${own}`);
  if (search !== query || path !== own) return movedPermanently(`${root}${own.slice(1)}?${query}`);
  return { terms, query };
}

/** The feed of a combination in a format. */
export function combinedRoute(format: Format, terms: readonly Term[]): Route {
  return {
    path: `/${format.file}`,
    write: async (edition, _, now) => {
      const page = await edition.combined?.(terms, now);
      return page !== undefined && 'articles' in page ? writeFeed(page, format) : undefined;
    },
    reason: async (edition, now) => {
      const unknown = await edition.combined?.(terms, now);
      return unknown === undefined || 'articles' in unknown ? undefined : unknownTerm(unknown, edition, now);
    },
  };
}

/** Says which name is unknown, and suggests a similar one. */
async function unknownTerm({ kind, slug }: Term, edition: Edition, now: Instant): Promise<string> {
  const { slices } = await edition.slices(now);
  const names = slices.filter((slice) => slice.kind === kind).map((slice) => slice.slug);
  const meant = names.length > comparedNames ? undefined : nearest(slug, names);
  const list = new URL(hasPages(edition.site) ? subscribePath : 'feeds.opml', edition.site.url).href;
  const advice = meant === undefined ? '' : `Did you mean "${meant}"? `;
  return `There is no ${kind} "${slug}". ${advice}All names are at ${list}`;
}

function termsIn(search: string): { readonly name: string; readonly value: string; readonly term: Term }[] {
  return [...new URLSearchParams(search)].flatMap(([name, value]) => {
    const not = name.startsWith('not-');
    const kind = kindOf(not ? name.slice('not-'.length) : name);
    if (kind === undefined) return [];
    const slug = sliceSlug(value);
    return [{ name, value, term: not ? { kind, slug, not } : { kind, slug } }];
  });
}

/** Named feeds and the podcast have their own addresses, and WordPress uses `feed` for a format. */
function kindOf(name: string): SliceKind | undefined {
  return sliceKinds.find((kind) => kind === name && kind !== 'feed' && kind !== 'podcast');
}

function isSame(a: Pick<Term, 'kind' | 'slug'>, b: Pick<Term, 'kind' | 'slug'>): boolean {
  return a.kind === b.kind && a.slug === b.slug;
}
