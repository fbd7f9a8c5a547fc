import type { Article, ArticleHead } from '../../article/article.ts';
import type { LabelKind, Labels, Query } from '../site/query.ts';
import type { Site } from '../site/site.ts';
import { authorsOf, podcastSlice, type Slice, slicePath, sliceSlug } from './slice.ts';

/** The settings that decide the slices of an article. */
export type SliceFacts = Pick<Site, 'authors' | 'language' | 'feeds' | 'podcast'>;

/** A slice and its path. */
export type SliceEntry = readonly [path: string, slice: Slice];

/** Lists the slices of an article, each once. */
export function slicesOf(head: ArticleHead, site: SliceFacts): Slice[] {
  return [...makeSlicer(site)(head).values()];
}

/** Makes a function that lists the slices of articles by path. */
export function makeSlicer(site: SliceFacts): (head: ArticleHead) => ReadonlyMap<string, Slice> {
  // Ten thousand articles have a few labels, and making a path of one takes longer than finding it.
  const known = new Map<string, SliceEntry>();
  const entryOf = ([kind, label]: readonly [LabelKind, string]): SliceEntry => {
    const key = `${kind} ${label}`;
    const found = known.get(key) ?? slicedBy(kind, label);
    known.set(key, found);
    return found;
  };
  const named = namedSlices(site);
  return (head) => {
    const labeled = new Map(labelsOf(head, site).map(entryOf));
    const slices = [...labeled.values()];
    if (site.podcast !== undefined && head.hasRecording === true) labeled.set(slicePath(podcastSlice), podcastSlice);
    if (site.feeds === undefined) return labeled;
    return new Map([...named.filter((_, i) => chooses(site.feeds?.[i]?.query ?? {}, slices)), ...labeled]);
  };
}

/** Lists the labels of an article, as spelled. */
export function labelsOf(
  head: ArticleHead,
  site: Pick<SliceFacts, 'authors' | 'language'>,
): readonly (readonly [LabelKind, string])[] {
  return [
    ...head.tags.map((tag) => ['tag', tag] as const),
    ...authorsOf(head, site).map(({ name }) => ['author', name] as const),
    ['language', head.language ?? site.language],
    ...(head.section === undefined ? [] : [['section', head.section] as const]),
  ];
}

/** Returns the slice of a label. */
export function slicedBy(kind: LabelKind, label: string): SliceEntry {
  const slice = { kind, slug: sliceSlug(label), label };
  return [slicePath(slice), slice];
}

/** Lists the named feeds of a publication as slices, in the order of the file. */
export function namedSlices({ feeds = [] }: Pick<Site, 'feeds'>): readonly SliceEntry[] {
  return feeds.map(({ name, title = name }) => {
    const slice = { kind: 'feed', slug: name, label: title } as const;
    return [slicePath(slice), slice];
  });
}

/**
 * Returns the feed for readers of an article's language, if it is not the publication's: the first named feed with only
 * this language, else the language's own.
 */
export function languageFeed({ language }: Pick<ArticleHead, 'language'>, site: SliceFacts): Slice | undefined {
  if (language === undefined || language === site.language) return undefined;
  const [, slice] = slicedBy('language', language);
  const named = site.feeds?.findIndex(({ query }) => isOnlyIn(query, slice.slug)) ?? -1;
  return namedSlices(site)[named]?.[1] ?? slice;
}

function isOnlyIn({ language: languages = [], ...others }: Query, language: string): boolean {
  return languages.length === 1 && languages[0] === language && Object.keys(others).length === 0;
}

/** Makes a function that reports whether an article is in the main feed and on the front page. */
export function makeMainTest(site: SliceFacts & Pick<Site, 'main'>): (head: ArticleHead) => boolean {
  const { main, authors, language } = site;
  if (main === undefined) return () => true;
  const slicesOf = makeSlicer({ authors, language });
  return (head) => chooses(main, [...slicesOf(head).values()]);
}

/** Reports whether a query chooses an article with these slices. */
function chooses({ not = {}, ...wanted }: Query, slices: readonly Slice[]): boolean {
  const has = (kind: LabelKind, labels: Labels): boolean =>
    (labels[kind] ?? []).some((slug) => isIn(slices, kind, slug));
  return kindsIn(wanted).every((kind) => has(kind, wanted)) && !kindsIn(not).some((kind) => has(kind, not));
}

/** A language includes its regional forms (RFC 4647 §3.3.1): `de` also chooses `de-AT`. */
function isIn(slices: readonly Slice[], kind: LabelKind, wanted: string): boolean {
  return slices.some(
    (slice) =>
      slice.kind === kind && (slice.slug === wanted || (kind === 'language' && slice.slug.startsWith(`${wanted}-`))),
  );
}

function kindsIn(labels: Labels): readonly LabelKind[] {
  return Object.keys(labels) as LabelKind[];
}

/** States the publication's language on articles in a feed with another language. */
export function inOwnLanguages(
  articles: readonly Article[],
  feed: Pick<Site, 'language'>,
  { language }: Pick<Site, 'language'>,
): readonly Article[] {
  return feed.language === language ? articles : articles.map((article) => ({ language, ...article }));
}
