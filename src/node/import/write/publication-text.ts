import { stringify } from 'yaml';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { canonicalUrl } from '../../../article/web-address.ts';
import { parsePublicationFile } from '../../../publication/file/publication-file.ts';
import type { ImportedFeed } from '../read/imported-item.ts';
import type { ImportedPodcast } from '../read/podcast-facts.ts';

type Told = Pick<
  ImportedFeed,
  'title' | 'description' | 'id' | 'language' | 'authors' | 'icon' | 'copyright' | 'siteUrl' | 'podcast'
>;

export interface PublicationText {
  readonly text: string;
  /** What its keys can't take, in words. */
  readonly warnings: readonly string[];
}

/**
 * Writes the publication file of an imported feed with all that can be kept. What only the publisher can know, the
 * public address and whose ids are, stands there as a comment.
 */
export function publicationText(feed: Told, year: number): PublicationText {
  const { title, description, language, authors, icon, copyright } = feed;
  const warnings: string[] = [];
  /** Whether a key can take a value; what it can't is left out rather than wrong. */
  const isTaken = (key: string, value: unknown): boolean => {
    const [problem] = problemsOf(stringify(nested(key, value)));
    if (problem !== undefined) warnings.push(`publication.yaml says nothing of it: ${problem}`);
    return problem === undefined;
  };
  const siteUrl = canonicalUrl(feed.siteUrl ?? '');
  // The feed's own id is the base of all ids with a stroke behind it (see feedId).
  const id = feed.id?.startsWith('tag:') && feed.id.endsWith('/') ? feed.id.slice(0, -1) : undefined;
  const keys = {
    title,
    description: description === title ? undefined : description,
    language: language?.replaceAll('_', '-'),
    id,
    authors:
      authors.length === 0
        ? undefined
        : authors.map((one) => (Object.keys(one).length === 1 ? one.name : one)),
    icon: icon === undefined || !URL.canParse(icon, siteUrl) ? undefined : new URL(icon, siteUrl).href,
    copyright,
    podcast: feed.podcast === undefined ? undefined : podcastKeysOf(feed.podcast, isTaken),
  };
  const lines = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined || value === '' || !isTaken(key, value)
      ? []
      : [stringify({ [key]: value }, { lineWidth: 0 })],
  );
  const address =
    siteUrl === undefined
      ? []
      : [`# Where this publication was. Write the address here at which it will be.\n# url: ${siteUrl}\n`];
  const ids = lines.some((line) => line.startsWith('id:')) ? [] : [idAdvice(siteUrl, year)];
  const heading = '# What each key means stands in the README under "publication.yaml".\n';
  return { text: [heading, ...lines, ...address, ...ids].join(''), warnings };
}

/** What `podcast` can take: its keys one by one, and of a list or a map each part. */
function podcastKeysOf(
  { category = [], owner = {}, ...rest }: ImportedPodcast,
  isTaken: (key: string, value: unknown) => boolean,
): Readonly<Record<string, unknown>> {
  const categories = category.filter((one) => isTaken('podcast.category', one));
  const contact = Object.entries(owner).filter(([key, value]) => isTaken(`podcast.owner.${key}`, value));
  const others = Object.entries(rest).filter(([key, value]) => isTaken(`podcast.${key}`, value));
  return {
    ...omitUndefined({
      category: categories.length === 0 ? undefined : categories.length === 1 ? categories[0] : categories,
    }),
    ...Object.fromEntries(others),
    ...omitUndefined({ owner: contact.length === 0 ? undefined : Object.fromEntries(contact) }),
  };
}

/** `a.b` with a value as maps inside each other. */
function nested(key: string, value: unknown): unknown {
  return key.split('.').reduceRight((inner, name) => ({ [name]: inner }), value);
}

function idAdvice(siteUrl: string | undefined, year: number): string {
  const host = siteUrl === undefined ? 'example.org' : new URL(siteUrl).hostname;
  return `# How ids of new articles begin: a domain of yours and a date on which you held it. Choose it once.\n# id: "tag:${host},${year}:"\n`;
}

function problemsOf(text: string): readonly string[] {
  const defaults = { title: '', url: 'https://site.example/' };
  return parsePublicationFile({ path: 'publication.yaml', text }, defaults).problems.map(
    ({ message }) => message,
  );
}
