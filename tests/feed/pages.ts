import type { Article, Enclosure } from '../../src/article/article.ts';
import type { Author } from '../../src/article/author.ts';
import { renderFeed } from '../../src/feed/document.ts';
import { type Format, formats } from '../../src/feed/formats.ts';
import type { PageAddress } from '../../src/publication/addresses/address.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Page } from '../../src/publication/page.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { mediaArticles, podcastSite } from './media-samples.ts';
import { plainArticle, plainSite } from './plain-samples.ts';

export { mediaArticles, plainArticle, plainSite, podcastSite };

/** A publication that sets everything. */
export const richSite: Site = {
  ...plainSite,
  title: 'Harbour & Tide <Weekly>',
  description: 'Ships, shoes & "sealing-wax" – <every> Friday',
  url: 'https://example.org/news/',
  language: 'en-GB',
  authors: [{ name: 'The Editors', email: 'ed@example.org', url: 'https://example.org/editors?a=1&b=2' }],
  items: 4,
  ttl: 90,
  hub: 'https://hub.example.net/?topic=news&v=1',
  icon: 'https://example.org/icon.png',
  favicon: 'https://example.org/favicon.png',
  copyright: '© 2024 Harbour & Tide',
};

/** Newest first: together they have every optional part of an article, and lack every one. */
export const richArticles: readonly Article[] = [
  {
    ...plainArticle,
    id: 'https://elsewhere.example/2024/03/05/markup?a=1&b=2',
    slug: 'markup',
    permalink: 'https://elsewhere.example/2024/03/05/markup?a=1&b=2',
    title: 'Why <b> is not bold, &amp; is not "and" & ]]> ends nothing',
    published: '2024-03-05T12:30:00Z',
    updated: '2024-03-06T09:00:01Z',
    authors: [
      { name: 'Ann O’Ther', email: 'ann@example.org', url: 'https://example.org/ann' },
      { name: 'Bo & Sons <Ltd>' },
    ],
    tags: ['R&D', 'a < b', '海'],
    summary: 'A summary says that 1 < 2 & that &lt; is written so. 😀',
    content:
      '<p>Here <code>a &amp;&amp; b &lt; c</code> and <code>]]&gt;</code>, raw ]]> twice ]]>.</p>\n' +
      '<p><a href="https://example.org/x?a=1&amp;b=2" title="&quot;quoted&quot;">Link</a> 😀 עברית</p>\n',
    enclosures: [
      {
        url: 'https://example.org/a.mp3?x=1&y=2',
        type: 'audio/mpeg',
        length: 12345,
        title: 'Read "aloud" & <slow>',
      },
      { url: 'https://example.org/a.webp', type: 'image/webp' },
      { url: 'https://example.org/a.pdf', type: 'application/pdf', length: 1 },
    ],
  },
  {
    ...plainArticle,
    id: 'tag:example.org,2024:deutsch',
    slug: 'deutsch',
    permalink: 'https://example.org/news/articles/deutsch',
    title: 'Über Möwen',
    published: '2024-03-04T23:59:59Z',
    updated: '2024-03-04T23:59:59Z',
    authors: [{ name: 'Jo Möwe', email: 'jo@example.org' }],
    tags: ['Möwen'],
    language: 'de',
    summary: 'Sie fliegen.',
    content: '<p>Sie fliegen.</p>\n',
    enclosures: [{ url: 'https://example.org/m.ogg', type: 'audio/ogg' }],
  },
  {
    ...plainArticle,
    id: 'tag:example.org,2024:picture',
    slug: 'picture',
    permalink: 'https://example.org/news/articles/picture',
    title: 'A picture without a word',
    published: '2024-03-03T00:00:00Z',
    updated: '2024-03-03T00:00:00Z',
    authors: [{ name: 'Cy (Reuters)', email: 'cy@example.org' }],
    summary: '',
    content: '<p><img src="https://example.org/p.png" srcset="https://example.org/p2.png 2x" alt=""></p>\n',
  },
  plainArticle,
];

/** Publishes articles without reading seeds. */
export async function pageOf(
  site: Site,
  articles: readonly Article[],
  address: PageAddress = {},
  now = '2026-01-01T00:00:00Z',
): Promise<Page> {
  const sources = articles.map((article) => ({ head: article, article: () => article }));
  const page = await publish(site, sources, now).page(address, now);
  if (page === undefined) throw new Error(`no page ${JSON.stringify(address)}`);
  return page;
}

/** Makes this many articles, an hour apart, oldest first; `vary` may change each. */
export function articlesOf(count: number, vary: (index: number) => Partial<Article> = () => ({})): Article[] {
  return Array.from({ length: count }, (_, index) => {
    const published = new Date(Date.UTC(2024, 0, 1, index)).toISOString().replace('.000', '');
    const name = `a${String(index).padStart(3, '0')}`;
    return {
      ...plainArticle,
      id: `tag:example.org,2024:${name}`,
      slug: name,
      permalink: `https://example.org/articles/${name}`,
      title: `Article ${index}`,
      published,
      updated: published,
      ...vary(index),
    };
  });
}

const mailed: Author = { name: 'Ann O’Ther', email: 'ann@example.org' };
const named: Author = { name: 'Bo', url: 'https://example.org/bo' };
const authors: readonly (readonly Author[])[] = [[], [named], [mailed], [mailed, named, { ...mailed, name: 'Cy' }]];
const tags: readonly (readonly string[])[] = [[], ['boats'], ['R&D', 'a < b', '海']];
const file = (name: string, length?: number): Enclosure => ({
  url: `https://example.org/${name}`,
  type: 'audio/mpeg',
  ...(length === undefined ? {} : { length, title: name }),
});
const enclosures: readonly (readonly Enclosure[])[] = [
  [],
  [file('a.mp3', 0)],
  [file('a.mp3')],
  [file('a.mp3', 1), file('b.mp3', 2), file('c.mp3', 3)],
  [file('a.mp3'), file('b.mp3'), file('c.mp3')],
];

/** Varies articles: 120 of them have each combination of authors, tags, enclosures and a change once. */
export function everyKind(index: number): Partial<Article> {
  const at = <T>(list: readonly T[], period: number): T => list[Math.floor(index / period) % list.length] as T;
  const hour = new Date(Date.UTC(2024, 0, 1, index)).toISOString().slice(0, 13);
  return {
    authors: at(authors, 1),
    tags: at(tags, 4),
    enclosures: at(enclosures, 12),
    updated: at([`${hour}:00:00Z`, `${hour}:30:00Z`], 60),
    ...(index % 5 === 0 ? { plainId: `${index} of <R&D>` } : {}),
    ...(index % 7 === 0 ? { language: 'pt-BR' } : {}),
    ...(index % 11 === 0 ? { summary: '', content: '<p><img src="https://example.org/i.png" alt=""></p>' } : {}),
    ...(index % 13 === 0 ? { summary: '', content: '' } : {}),
  };
}

/** {@link everyKind} with the media of {@link mediaArticles}; articles with files of their own keep them. */
export function everyKindAndMedia(index: number): Partial<Article> {
  const { image, episode, extent, language } = mediaArticles[index % 8] ?? plainArticle;
  const kind = everyKind(index);
  return {
    ...kind,
    ...(image === undefined ? {} : { image }),
    ...(episode === undefined || kind.enclosures?.length === 0 ? {} : { episode }),
    ...(extent === undefined ? {} : { extent }),
    ...(language === undefined ? {} : { language }),
  };
}

/** The format of that name. */
export function formatOf(name: Format['name']): Format {
  const format = formats.find((format) => format.name === name);
  if (format === undefined) throw new Error(`no format ${name}`);
  return format;
}

/** A page's document in a format, as text. */
export async function seedText(page: Page, name: Format['name']): Promise<string> {
  return decode((await renderFeed(page, formatOf(name))).bytes);
}

export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** {@link richArticles} and two archive pages of older ones. */
export const richPublication: readonly Article[] = [...articlesOf(8), ...richArticles];

/** The current page of a publication that has and sets everything. */
export const richPage: Promise<Page> = pageOf(richSite, richPublication);

/** The pages with golden documents in each format, by the name of their folder. */
export const goldenPages: Readonly<Record<string, Promise<Page>>> = {
  current: richPage,
  archive: pageOf(richSite, richPublication, { archive: 2 }),
  summary: pageOf({ ...richSite, content: 'summary' }, richPublication),
  minimal: pageOf(plainSite, [plainArticle]),
  empty: pageOf(plainSite, []),
  media: pageOf(podcastSite, mediaArticles),
};
