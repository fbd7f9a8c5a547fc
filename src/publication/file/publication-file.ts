import { omitUndefined } from '../../article/omit-undefined.ts';
import { legalText } from '../../article/plain-text.ts';
import type { Problem } from '../../article/problem.ts';
import { defaultTagBase, feedId } from '../identity.ts';
import { missingFrom, type Podcast } from '../podcast.ts';
import type { Site } from '../site.ts';
import { readKeys, type Values } from './key-file.ts';
import { podcastGuid } from './podcast-guid.ts';
import { publicationKeys } from './publication-keys.ts';

export { publicationKeys };

/** What a publication is where its file says nothing. */
export interface SiteDefaults {
  readonly title: string;
  /** Absolute address, used when the file names none. */
  readonly url: string;
  /** Takes the place of the file's `url` (the environment's `SITE_URL`). */
  readonly urlOverride?: string;
}

export interface PublicationFile {
  readonly site: Site;
  /** Whether a public address is set at all. */
  readonly hasUrl: boolean;
  /** Where what it says of its podcast begins, and which of its keys it would do well to set. */
  readonly podcast?: Pick<Problem, 'file' | 'line' | 'column'> & { readonly unset: readonly string[] };
  readonly problems: readonly Problem[];
}

type Publication = Values<typeof publicationKeys>;

/** Reads `publication.yaml`; each unknown key and wrong value is a problem at its own line and column. */
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
    authors: values.authors ?? [],
    timezone: values.timezone ?? 'UTC',
    items: values.items ?? 50,
    content: values.content ?? 'full',
    ttl: values.ttl ?? 60,
    hub: values.hub,
    icon: values.icon === undefined ? undefined : onSite(values.icon, url),
    favicon: values.favicon === undefined ? undefined : onSite(values.favicon, url),
    copyright: values.copyright,
    id: values.id ?? defaultTagBase,
    feedId: feedId(values.id, title),
    redirects: values.redirects ?? {},
  });
  const podcast = values.podcast === undefined ? undefined : podcastOf(values.podcast, site);
  // An owner without a mail address would be left out.
  const unset = [
    ...(podcast === undefined ? [] : missingFrom(podcast)),
    ...(values.podcast?.owner !== undefined && podcast?.owner === undefined ? ['owner.email'] : []),
    ...(values.podcast?.guid === undefined ? ['guid'] : []),
  ];
  return omitUndefined({
    site: podcast === undefined ? site : { ...site, podcast },
    hasUrl: (defaults.urlOverride ?? values.url) !== undefined,
    podcast:
      file === undefined || places.podcast === undefined || podcast === undefined
        ? undefined
        : { file: file.path, ...places.podcast, unset },
    problems,
  });
}

function podcastOf(written: NonNullable<Publication['podcast']>, site: Site): Podcast {
  const { category = [], explicit, image, author, owner, type, guid, locked } = written;
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
    // The feed that podcast directories are given.
    guid: guid ?? podcastGuid(new URL('rss.xml', site.url).href),
    locked,
  });
}

/** A path means a file of this site, also where the site lives below a path itself. */
function onSite(path: string, url: string): string {
  return new URL(path.replace(/^\/(?!\/)/, './'), url).href;
}

/** Every address of the site is resolved against the base, so it ends in a stroke; it is public, so it has no password. */
function baseUrl(url: string): string {
  const base = new URL(legalText(url));
  base.username = '';
  base.password = '';
  base.search = '';
  base.hash = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base.href;
}
