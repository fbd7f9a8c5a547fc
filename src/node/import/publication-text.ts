import { stringify } from 'yaml';
import { canonicalUrl } from '../../article/original-url.ts';
import { parsePublicationFile } from '../../publication/publication-file.ts';
import type { ImportedFeed } from './imported-item.ts';

type Told = Pick<
  ImportedFeed,
  'title' | 'description' | 'id' | 'language' | 'authors' | 'icon' | 'copyright' | 'siteUrl'
>;

/**
 * Writes the publication file of an imported feed with all that can be kept. What only the publisher can know, the
 * public address and whose ids are, stands there as a comment.
 */
export function publicationText(feed: Told, year: number): string {
  const { title, description, language, authors, icon, copyright } = feed;
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
  };
  const lines = Object.entries(keys).flatMap(([key, value]) => {
    if (value === undefined || value === '') return [];
    const text = stringify({ [key]: value }, { lineWidth: 0 });
    return isSound(text) ? [text] : [];
  });
  const address =
    siteUrl === undefined
      ? []
      : [`# Where this publication was. Write the address here at which it will be.\n# url: ${siteUrl}\n`];
  const ids = lines.some((line) => line.startsWith('id:')) ? [] : [idAdvice(siteUrl, year)];
  return [
    '# What each key means stands in the README under "publication.yaml".\n',
    ...lines,
    ...address,
    ...ids,
  ].join('');
}

function idAdvice(siteUrl: string | undefined, year: number): string {
  const host = siteUrl === undefined ? 'example.org' : new URL(siteUrl).hostname;
  return `# How ids of new articles begin: a domain of yours and a date on which you held it. Choose it once.\n# id: "tag:${host},${year}:"\n`;
}

/** What a key can't take is left out rather than wrong. */
function isSound(text: string): boolean {
  const defaults = { title: '', url: 'https://site.example/' };
  return parsePublicationFile({ path: 'publication.yaml', text }, defaults).problems.length === 0;
}
