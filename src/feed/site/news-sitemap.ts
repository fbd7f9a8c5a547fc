import { type Article, type Instant, instantAt } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { canonicalAddress, pageAddress } from '../../publication/addresses/address.ts';
import { firstAfter } from '../../publication/moments.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Site } from '../../publication/site/site.ts';
import { type WrittenDocument, writeDocument } from '../document.ts';
import { type Xml, xml } from '../xml.ts';

/** Milliseconds after its publication for which an article is news (Google, "News sitemap": two days). */
const duration = 48 * 3_600_000;

/** Articles in a news sitemap, at most (Google, "News sitemap"). */
const most = 1000;

/** Writes the sitemap of the last two days for Google News, if the publication asks for it. */
export async function writeNewsSitemap(
  edition: Edition,
  _: unknown,
  now: Instant,
): Promise<WrittenDocument | undefined> {
  const { site, changed } = edition;
  if (site.news !== true) return undefined;
  const since = instantAt(Date.parse(now) - duration);
  const found: Article[] = [];
  const moments: Instant[] = [];
  let page = await edition.page({ all: true }, now);
  while (page !== undefined) {
    const news = page.articles.filter(({ published }) => published > since);
    found.push(...news);
    if (page.until !== undefined) moments.push(page.until);
    const { olderArchive: archive } = page;
    const isOver = news.length < page.articles.length || found.length >= most;
    page = isOver || archive === undefined ? undefined : await edition.page({ archive, all: true }, now);
  }
  // A named page and an archive page may share articles.
  const articles = [...new Map(found.map((article) => [article.slug, article])).values()].slice(0, most);
  const ends = articles.map(({ published }) => instantAt(Date.parse(published) + duration));
  const own = articles.filter((article) => pageAddress(article.slug, site) === canonicalAddress(article, site));
  const text = xml`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
${own.map((article) => entry(article, site))}</urlset>
`.source;
  const until = firstAfter(now, [...moments, ...ends]);
  return writeDocument(text, 'application/xml; charset=utf-8', omitUndefined({ articles, changed, until }));
}

function entry({ slug, title, published, language }: Article, site: Site): Xml {
  return xml`<url><loc>${pageAddress(slug, site)}</loc><news:news><news:publication><news:name>${site.title}</news:name><news:language>${newsLanguage(language ?? site.language)}</news:language></news:publication><news:publication_date>${published}</news:publication_date><news:title>${title}</news:title></news:news></url>
`;
}

/** Returns a language as Google News takes it: two or three letters, except for Chinese. */
function newsLanguage(language: string): string {
  const [name = '', ...subtags] = language.toLowerCase().split('-');
  if (name !== 'zh') return name;
  return subtags.some((subtag) => /^(?:hant|tw|hk|mo)$/.test(subtag)) ? 'zh-tw' : 'zh-cn';
}
