import { type ArticleHead, type Instant, oldestFirst } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { countDue } from './cut.ts';
import { articleAt, firstAfter, momentsOf } from './moments.ts';
import type { Page } from './page.ts';
import { type ArticleRun, type ArticleStore, isShown } from './publication.ts';
import type { Site } from './site/site.ts';
import { inOwnLanguages, makeSlicer } from './slices/membership.ts';
import { type Slice, sliceKinds, slicePath } from './slices/slice.ts';
import { queryOf, type Term } from './slices/term.ts';

/** The most pages of articles that are searched, which limits the cost of any address. */
const searchedPages = 10;

/** A condition, and the slices that it names: a language also names its regional forms. */
interface Part {
  readonly term: Term;
  readonly label: string;
  readonly found: readonly { readonly slice: Slice; readonly run: ArticleRun }[];
}

/**
 * Returns the newest articles that meet all conditions: in one slice of each kind, and in none that is excluded.
 * Returns the first condition whose slice never existed by `now`, if there is one. What nobody has can be excluded.
 *
 * Searches the kind with the fewest articles, newest first, at most {@link searchedPages}. So a combination costs a few
 * pages of a slice, also at the edge, and has no archive.
 */
export async function combinedPage(store: ArticleStore, terms: readonly Term[], now: Instant): Promise<Page | Term> {
  const { site, changed, whole, main = whole } = store;
  const parts: Part[] = [];
  for (const term of terms) {
    const part = await partOf(store, term, now);
    if (part === undefined) return term;
    parts.push(part);
  }
  const groups = sliceKinds
    .map((kind) => parts.filter(({ term }) => term.kind === kind && term.not === undefined))
    .filter((group) => group.length > 0);
  const smallest = groups.toSorted((a, b) => countOf(a) - countOf(b))[0]?.flatMap(runsOf) ?? [main];
  const slicesOf = makeSlicer(site);
  const found = await search(smallest, site, (head) => meets(slicesOf(head), groups, parts), now);
  const articles = await articlesAt(found);
  const facts = siteOfParts(site, parts, groups);
  const upcoming = smallest.flatMap((run) => run.upcoming);
  return omitUndefined({
    site: facts,
    whole: site,
    address: { terms },
    articles: inOwnLanguages(articles, facts, site).map((article) => articleAt(article, now)),
    changed,
    until: firstAfter(now, [...upcoming, ...articles.flatMap(momentsOf)]),
  });
}

async function partOf(store: ArticleStore, term: Term, now: Instant): Promise<Part | undefined> {
  const slugs = term.kind === 'language' ? await formsOf(store, term.slug) : [term.slug];
  const all = await Promise.all(slugs.map((slug) => store.slice(term.kind, slug)));
  // A label of scheduled articles alone is not public yet.
  const found = all.filter((one) => one !== undefined).filter(({ run }) => countDue(run, now) > 0);
  const [first] = found;
  // `de-AT` begins like the tag that includes it.
  if (first !== undefined) return { term, label: first.slice.label.slice(0, labelEnd(first.slice, term)), found };
  // The last article may come back, so readers keep their subscription.
  if (term.not || (await store.isGone(slicePath(term)))) return { term, label: term.slug, found };
  return undefined;
}

/** Lists the slugs of a language and of its regional forms (RFC 4647 §3.3.1), the language first. */
async function formsOf(store: ArticleStore, language: string): Promise<readonly string[]> {
  const slices = await store.slices();
  return slices
    .filter(({ kind, slug }) => kind === 'language' && (slug === language || slug.startsWith(`${language}-`)))
    .map(({ slug }) => slug)
    .toSorted();
}

function labelEnd({ slug }: Slice, term: Term): number | undefined {
  return slug === term.slug ? undefined : term.slug.length;
}

function runsOf({ found }: Part): readonly ArticleRun[] {
  return found.map(({ run }) => run);
}

function countOf(group: readonly Part[]): number {
  return group.flatMap(runsOf).reduce((sum, { count }) => sum + count, 0);
}

/** Reports whether an article with the slices at these paths meets all conditions. */
function meets(
  slices: ReadonlyMap<string, Slice>,
  groups: readonly (readonly Part[])[],
  parts: readonly Part[],
): boolean {
  const isIn = ({ found }: Part): boolean => found.some(({ slice }) => slices.has(slicePath(slice)));
  return groups.every((group) => group.some(isIn)) && !parts.some((part) => part.term.not && isIn(part));
}

/** An article and its place. */
interface Found {
  readonly head: ArticleHead;
  readonly run: ArticleRun;
  readonly position: number;
}

/** Finds the newest articles of some runs, each once. */
async function search(
  runs: readonly ArticleRun[],
  { items }: Site,
  isWanted: (head: ArticleHead) => boolean,
  now: Instant,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const readers = runs.map((run) => ({ run, end: countDue(run, now), read: [] as Found[] }));
  let last: string | undefined;
  for (let pages = 0; found.length < items; ) {
    for (const reader of readers) {
      if (reader.read.length > 0 || reader.end === 0) continue;
      // Without the rest of this run, the order of the others would be wrong.
      if (pages++ === searchedPages) return found;
      reader.read = await readBefore(reader.run, reader.end, items);
      reader.end = Math.max(0, reader.end - items);
    }
    const [newest] = readers
      .filter(({ read }) => read.length > 0)
      .toSorted((a, b) => byDate(b.read.at(-1), a.read.at(-1)));
    const next = newest?.read.pop();
    if (next === undefined) return found;
    if (next.head.slug !== last && isShown(next.head, now) && isWanted(next.head)) found.push(next);
    last = next.head.slug;
  }
  return found;
}

/** Reads the heads of the articles before a position, oldest first. */
async function readBefore(run: ArticleRun, end: number, count: number): Promise<Found[]> {
  const start = Math.max(0, end - count);
  const positions = Array.from({ length: end - start }, (_, i) => start + i);
  const heads = await run.heads(positions);
  return heads.map((head, i) => ({ head, run, position: start + i }));
}

function byDate(a: Found | undefined, b: Found | undefined): number {
  return a === undefined || b === undefined ? 0 : oldestFirst(a.head, b.head);
}

/** Returns articles that were found, newest first. */
async function articlesAt(found: readonly Found[]) {
  const byRun = Map.groupBy(found, ({ run }) => run);
  const articles = await Promise.all(
    [...byRun].map(([run, places]) => run.articles(places.map(({ position }) => position))),
  );
  return articles.flat().toSorted((a, b) => oldestFirst(b, a));
}

/** Returns what the feed of a combination states. Its hub is not told of changes, because there are too many feeds. */
function siteOfParts({ hub: _, ...site }: Site, parts: readonly Part[], groups: readonly (readonly Part[])[]): Site {
  const wanted = groups.map((group) => group.map(({ label }) => label).join(' / ')).join(' + ');
  const unwanted = parts.filter(({ term }) => term.not).map(({ label }) => ` − ${label}`);
  const languages = groups.flat().filter(({ term }) => term.kind === 'language');
  return {
    ...site,
    title: `${site.title}${wanted === '' ? '' : `: ${wanted}`}${unwanted.join('')}`,
    feedId: `${site.feedId}${site.feedId.endsWith('/') ? '' : '/'}?${queryOf(parts.map(({ term }) => term))}`,
    ...(languages.length === 1 && languages[0] !== undefined ? { language: languages[0].label } : {}),
  };
}
