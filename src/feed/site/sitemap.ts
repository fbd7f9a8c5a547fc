import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import {
  canonicalAddress,
  newsPath,
  type PageAddress,
  pageAddress,
  pagePath,
} from '../../publication/addresses/address.ts';
import { type Alternate, alternatesOf } from '../../publication/addresses/translations.ts';
import { earliest, latest } from '../../publication/moments.ts';
import type { Page } from '../../publication/page.ts';
import type { Edition } from '../../publication/publication.ts';
import { type WrittenDocument, writeDocument } from '../document.ts';
import { type Xml, xml } from '../xml.ts';
import { robotsPolicy } from './machine-policy.ts';

const contentType = 'application/xml; charset=utf-8';

/**
 * Writes the sitemap (sitemaps.org 0.9): a list of pages if the publication fits on its current page, else an index
 * with one list for each archive page, so that no list grows and old ones never change.
 */
export async function writeSitemapIndex(
  edition: Edition,
  _: unknown,
  now: Instant,
): Promise<WrittenDocument | undefined> {
  const current = await edition.page({ all: true }, now);
  if (current === undefined) return undefined;
  const { site, olderArchive } = current;
  if (olderArchive === undefined || olderArchive >= mostLists) return writeSitemap(edition, {}, now);
  const lists = Array.from({ length: olderArchive + 1 }, (_, i) => `${pagePath({ archive: i + 1 })}/sitemap.xml`);
  const text = xml`<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${lists.map((path) => xml`<sitemap><loc>${new URL(path, site.url).href}</loc></sitemap>\n`)}</sitemapindex>
`.source;
  return writeDocument(text, contentType, current);
}

/** Lists of an index (sitemaps.org). The archive pages of a database have higher numbers, and lead to each other. */
const mostLists = 50_000;

/**
 * Lists articles, including those outside the main feed, and the archive page with the same number. The current sitemap
 * lists the front page and the pages of all slices, too.
 */
export async function writeSitemap(
  edition: Edition,
  address: PageAddress | undefined,
  now: Instant,
): Promise<WrittenDocument | undefined> {
  const page = address && (await edition.page({ ...address, all: true }, now));
  if (page === undefined) return undefined;
  const { archive } = page.address;
  const isCurrent = archive === undefined;
  const paths = isCurrent || !(await hasArchive(edition, archive, now)) ? [] : [pagePath({ archive })];
  const { slices, since, until } = isCurrent ? await edition.slices(now) : { slices: [] };
  const text = xml`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"${page.articles.some(({ translations }) => translations !== undefined) ? xml` xmlns:xhtml="http://www.w3.org/1999/xhtml"` : undefined}>
${entries(page, isCurrent ? ['', ...slices.map((slice) => pagePath({ slice }))] : paths)}${articleEntries(page)}</urlset>
`.source;
  const next = earliest([page.until, until]);
  // A slice may disappear with an article that is not on the page.
  const changed = latest([page.changed, since]);
  return writeDocument(text, contentType, { ...page, ...omitUndefined({ changed, until: next }) });
}

/** Reports whether an archive page exists: a main feed with a query has fewer pages than all articles have. */
async function hasArchive(edition: Edition, archive: number, now: Instant): Promise<boolean> {
  return edition.site.main === undefined || (await edition.page({ archive }, now))?.address.archive !== undefined;
}

function entries({ site }: Page, paths: readonly string[]): Xml[] {
  return paths.map((path) => xml`<url><loc>${new URL(path, site.url).href}</loc></url>\n`);
}

/** Lists articles by their pages, except those first published elsewhere, which that site lists. */
function articleEntries({ site, articles }: Page): Xml[] {
  return articles
    .map((article) => ({ ...article, loc: pageAddress(article.slug, site) }))
    .filter((article) => article.loc === canonicalAddress(article, site))
    .map(
      ({ loc, ...article }) =>
        xml`<url><loc>${loc}</loc><lastmod>${article.updated}</lastmod>${alternatesOf(article, site).map(alternate)}</url>\n`,
    );
}

/** Links the page in one language (Google, "localized versions"). */
function alternate({ language, url }: Alternate): Xml {
  return xml`<xhtml:link rel="alternate" hreflang="${language}" href="${url}"/>`;
}

/** Writes `robots.txt`, which allows everything, feeds included, and names the sitemap (RFC 9309, sitemaps.org). */
export async function writeRobots({ site, changed }: Pick<Edition, 'site' | 'changed'>): Promise<WrittenDocument> {
  const { signal, license } = robotsPolicy(site);
  const news = site.news === true ? `Sitemap: ${new URL(newsPath, site.url).href}\n` : '';
  const text = `User-agent: *\n${signal}Allow: /\n\n${license}Sitemap: ${new URL('sitemap.xml', site.url).href}\n${news}`;
  return writeDocument(text, 'text/plain; charset=utf-8', omitUndefined({ articles: [], changed }));
}
