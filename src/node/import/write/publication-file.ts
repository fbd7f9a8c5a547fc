import { stringify } from 'yaml';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { canonicalUrl } from '../../../article/web-address.ts';
import { parsePublicationFile } from '../../../publication/file/publication-file.ts';
import type { ImportedFeed, ImportedPodcast } from '../read/imported-item.ts';

export interface PublicationText {
  readonly text: string;
  /** The values that were left out as invalid. */
  readonly warnings: readonly string[];
}

/**
 * Writes the publication file of an imported feed, with every value that its keys accept. Comments stand for what only
 * the publisher knows: the new public address and the beginning of ids.
 */
export function writePublicationFile(feed: ImportedFeed, year: number): PublicationText {
  const { title, description, language, authors, icon, copyright, podcast } = feed;
  const warnings: string[] = [];
  const accepts = (key: string, value: unknown): boolean => {
    const [problem] = problemsOf(stringify(nest(key, value)));
    if (problem !== undefined) warnings.push(`left out of publication.yaml: ${problem}`);
    return problem === undefined;
  };
  const siteUrl = canonicalUrl(feed.siteUrl ?? '');
  // The feed's own id is the base of all ids and a slash (see feedId).
  const id = feed.id?.startsWith('tag:') && feed.id.endsWith('/') ? feed.id.slice(0, -1) : undefined;
  const keys = omitUndefined({
    title,
    description: description === title ? undefined : description,
    language: language?.replaceAll('_', '-'),
    id,
    authors: authors.length === 0 ? undefined : authors.map((one) => (Object.keys(one).length === 1 ? one.name : one)),
    icon: icon === undefined || !URL.canParse(icon, siteUrl) ? undefined : new URL(icon, siteUrl).href,
    copyright,
    podcast: podcast && acceptedPodcastKeys(podcast, accepts),
  });
  const lines = Object.entries(keys).flatMap(([key, value]) =>
    value === '' || !accepts(key, value) ? [] : [stringify({ [key]: value }, { lineWidth: 0 })],
  );
  const address =
    siteUrl === undefined
      ? []
      : [`# The old address of this publication. Replace it by the new one.\n# url: ${siteUrl}\n`];
  const ids = lines.some((line) => line.startsWith('id:')) ? [] : [idAdvice(siteUrl, year)];
  const heading = '# docs/settings.md in the package explains these keys.\n';
  return { text: [heading, ...lines, ...address, ...ids].join(''), warnings };
}

/** Keeps each key that is accepted, and each accepted part of a list or a map. */
function acceptedPodcastKeys(
  { category = [], owner = {}, ...rest }: ImportedPodcast,
  accepts: (key: string, value: unknown) => boolean,
): Readonly<Record<string, unknown>> {
  const categories = category.filter((one) => accepts('podcast.category', one));
  const contact = Object.entries(owner).filter(([key, value]) => accepts(`podcast.owner.${key}`, value));
  const others = Object.entries(rest).filter(([key, value]) => accepts(`podcast.${key}`, value));
  return omitUndefined({
    category: categories.length <= 1 ? categories[0] : categories,
    ...Object.fromEntries(others),
    owner: contact.length === 0 ? undefined : Object.fromEntries(contact),
  });
}

/** Turns a key `a.b` and a value into nested maps. */
function nest(key: string, value: unknown): unknown {
  return key.split('.').reduceRight((inner, name) => ({ [name]: inner }), value);
}

function idAdvice(siteUrl: string | undefined, year: number): string {
  const host = siteUrl === undefined ? 'example.org' : new URL(siteUrl).hostname;
  return `# How ids of new articles begin: a domain of yours and a date on which you owned it. Never change it.\n# id: "tag:${host},${year}:"\n`;
}

function problemsOf(text: string): readonly string[] {
  const defaults = { title: '', url: 'https://site.example/' };
  return parsePublicationFile({ path: 'publication.yaml', text }, defaults).problems.map(({ message }) => message);
}
