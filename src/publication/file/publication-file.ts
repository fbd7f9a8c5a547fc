import { omitUndefined } from '../../article/omit-undefined.ts';
import { legalText } from '../../article/plain-text.ts';
import type { Problem } from '../../article/problem.ts';
import { defaultTagBase, feedId } from '../site/identity.ts';
import { missingFrom, type Podcast } from '../site/podcast.ts';
import type { Site } from '../site/site.ts';
import type { DescribedSlice } from '../site/slice-title.ts';
import { siteAuthors } from './author-keys.ts';
import { namedFeeds } from './feed-keys.ts';
import { readKeys, type Values, type WrittenKeys } from './key-file.ts';
import { machinesOf } from './machine-keys.ts';
import { elementsIn } from './podcast-element-keys.ts';
import { podcastGuid } from './podcast-guid.ts';
import { publicationKeys } from './publication-keys.ts';

export { publicationKeys };

/** What the publication file leaves open. */
export interface SiteDefaults {
  readonly title: string;
  /** Absolute URL, used if the file has no `url`. */
  readonly url: string;
  /** Absolute URL that overrides the file's `url` (`SITE_URL` in the environment). */
  readonly urlOverride?: string;
}

export interface PublicationFile {
  readonly site: Site;
  /** Whether a public address is set, in the file or by the override. */
  readonly hasUrl: boolean;
  /** The place of the key `podcast`, the recommended keys that are not set, and the place of the artwork's key. */
  readonly podcast?: Pick<Problem, 'file' | 'line' | 'column'> & {
    readonly unset: readonly string[];
    readonly artworkPlace?: Pick<Problem, 'line' | 'column'>;
  };
  /** The places of the keys below `feeds`, by their whole names: `feeds.engineering.tags`. */
  readonly feedPlaces?: Readonly<Record<string, Pick<Problem, 'file' | 'line' | 'column'>>>;
  /** The folders that the file names: that of the articles, and that of the files which the site serves at `/`. */
  readonly folders?: { readonly articles?: string; readonly static?: string };
  readonly problems: readonly Problem[];
}

type Publication = Values<typeof publicationKeys>;

/**
 * Reads `publication.yaml`; without a file, `defaults` make the site. Never throws on a bad file: each unknown key and
 * wrong value becomes a problem with line and column.
 */
export function parsePublicationFile(
  file: { readonly path: string; readonly text: string } | undefined,
  defaults: SiteDefaults,
): PublicationFile {
  const problems: Problem[] = [];
  const { values, places } =
    file === undefined ? { values: {}, places: {} } : readKeys(file, publicationKeys, problems);
  const title = values.title ?? defaults.title;
  const url = baseUrl(defaults.urlOverride ?? values.url ?? defaults.url);
  const site: Site = omitUndefined({
    title,
    description: values.description ?? title,
    url,
    language: values.language ?? 'en',
    ...siteAuthors(values.authors ?? [], (path) => onSite(path, url)),
    timezone: values.timezone ?? 'UTC',
    items: values.items ?? 50,
    content: values.content ?? 'full',
    ttl: values.ttl ?? 60,
    hub: values.hub,
    machines: machinesOf(values.machines),
    markdown: values.markdown?.length === 0 ? undefined : values.markdown,
    aggregators: values.aggregators === true ? true : undefined,
    news: values.news === true ? (true as const) : undefined,
    tombstones: values.tombstones === true ? (true as const) : undefined,
    purge: values.purge,
    audience: values.audience === true ? (true as const) : undefined,
    patience: values.patience,
    icon: values.icon === undefined ? undefined : onSite(values.icon, url),
    favicon: values.favicon === undefined ? undefined : onSite(values.favicon, url),
    copyright: values.copyright,
    id: values.id ?? defaultTagBase,
    feedId: feedId(values.id, title),
    redirects: values.redirects ?? {},
    home: values.site === undefined ? undefined : baseUrl(values.site),
    permalink: permalinkOf(values),
    pages: values.pages === false ? (false as const) : undefined,
    described: describedOn(values, url),
    ...namedFeeds(file?.path ?? '', values.feeds, places, problems, values.authors),
    color: values.color,
    pictures: values.pictures,
    cards: values.cards === true ? (true as const) : undefined,
    search: values.search === true ? (true as const) : undefined,
  });
  problems.push(...besideProblems(file?.path ?? '', values, places));
  const podcast = values.podcast === undefined ? undefined : podcastOf(values.podcast, site);
  // RSS leaves out an owner without a mail address.
  const unset = [
    ...(podcast === undefined ? [] : missingFrom(podcast)),
    ...(podcast !== undefined && podcast.owner === undefined ? ['owner.email'] : []),
    ...(values.podcast?.guid === undefined ? ['guid'] : []),
  ];
  return omitUndefined({
    site: podcast === undefined ? site : { ...site, podcast },
    hasUrl: (defaults.urlOverride ?? values.url) !== undefined,
    podcast:
      file === undefined || places.podcast === undefined || podcast === undefined
        ? undefined
        : omitUndefined({
            file: file.path,
            ...places.podcast,
            unset,
            artworkPlace: places['podcast.image'] ?? places.icon,
          }),
    feedPlaces:
      file === undefined || values.feeds === undefined
        ? undefined
        : Object.fromEntries(Object.entries(places).map(([key, place]) => [key, { file: file.path, ...place }])),
    folders:
      values.articles === undefined && values.static === undefined
        ? undefined
        : omitUndefined({ articles: values.articles, static: values.static }),
    problems,
  });
}

function permalinkOf({ permalink, generator, ids }: Publication): Site['permalink'] {
  if (permalink === undefined) return undefined;
  return omitUndefined({ pattern: permalink, generator, ids: ids === 'name' ? undefined : ids });
}

/** Returns what the file says about sections and tags. */
function describedOn({ sections, tags }: Publication, url: string): Site['described'] {
  const onThisSite = (all: readonly DescribedSlice[] | undefined) =>
    all?.map(({ picture, ...rest }) => omitUndefined({ ...rest, picture: picture && onSite(picture, url) }));
  const described = omitUndefined({ section: onThisSite(sections), tag: onThisSite(tags) });
  return Object.keys(described).length === 0 ? undefined : described;
}

/** Finds keys of a publication beside a site that mean nothing without another one. */
function besideProblems(
  file: string,
  { permalink, pages, ...values }: Publication,
  places: WrittenKeys<typeof publicationKeys>['places'],
): Problem[] {
  if (permalink !== undefined) return [];
  const lost = (['generator', 'ids'] as const).filter((key) => values[key] !== undefined);
  return [...lost, ...(pages === false ? (['pages'] as const) : [])].map((key) => {
    const why =
      key === 'pages' ? 'without pages of its own, articles need an address elsewhere' : 'it is about the site';
    const message = `${key}: ${why}, so set "permalink" as well, such as /posts/:slug/`;
    return { file, ...(places[key] ?? { line: 1, column: 1 }), severity: 'error', code: 'wrong-value', message };
  });
}

function podcastOf(written: NonNullable<Publication['podcast']>, site: Site): Podcast {
  const { category = [], explicit, image, author, owner, type, guid, locked } = written;
  const { title, description, apple, spotify, live } = written;
  const elements = elementsIn(written);
  const artwork = image === undefined ? site.icon : onSite(image, site.url);
  const speaker = author ?? (site.authors.map(({ name }) => name).join(', ') || site.title);
  const contact = site.authors.find(({ email }) => email !== undefined);
  const email = owner?.email ?? contact?.email;
  const name = owner?.name ?? (email === contact?.email ? contact?.name : undefined) ?? speaker;
  return omitUndefined({
    categories: category,
    explicit,
    image: artwork,
    author: speaker,
    owner: email === undefined ? undefined : { name, email },
    type,
    // The feed that publishers submit to directories.
    guid: guid ?? podcastGuid(new URL('rss.xml', site.url).href),
    locked,
    title,
    description,
    apple,
    spotify,
    elements: elements.length === 0 ? undefined : elements,
    live,
  });
}

/** Resolves a path against the site's address, which may have a path itself. */
function onSite(path: string, url: string): string {
  return new URL(path.replace(/^\/(?!\/)/, './'), url).href;
}

/** Normalizes the site's address: it ends in a slash, since others are resolved against it, and has no password. */
function baseUrl(url: string): string {
  const base = new URL(legalText(url));
  base.username = '';
  base.password = '';
  base.search = '';
  base.hash = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base.href;
}
