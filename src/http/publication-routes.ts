import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { writeCorrectionsFeed } from '../feed/corrections.ts';
import { type WrittenDocument, writeDocument } from '../feed/document.ts';
import { formats } from '../feed/formats.ts';
import { writeLlms } from '../feed/site/llms-text.ts';
import { writeRsl, writeTdm, writeTdmPolicy } from '../feed/site/machine-policy.ts';
import { writeNewsSitemap } from '../feed/site/news-sitemap.ts';
import { writeOpml } from '../feed/site/opml.ts';
import { writeRobots, writeSitemapIndex } from '../feed/site/sitemap.ts';
import {
  correctionsPath,
  licensePath,
  llmsPath,
  manifestPath,
  newsPath,
  searchPath,
  subscribePath,
  tdmPath,
} from '../publication/addresses/address.ts';
import type { Edition } from '../publication/publication.ts';
import { tdmPolicyPath } from '../publication/site/machine-policy.ts';
import { type Params, type Route, withPages } from './route.ts';
import { writeManifest } from './views/brand-view.ts';
import { correctionsView } from './views/corrections-view.ts';
import { writeSearch } from './views/search-view.ts';
import { writeSubscribe } from './views/subscribe-view.ts';

/** The documents about the publication as a whole, each with one address. */
export const publicationRoutes: readonly Route[] = [
  { path: '/feeds.opml', write: writeOpml },
  { path: '/sitemap.xml', write: withPages(writeSitemapIndex) },
  { path: '/robots.txt', write: withPages(writeRobots) },
  { path: `/${newsPath}`, write: withPages(writeNewsSitemap) },
  { path: `/${llmsPath}`, write: withPages(writeLlms) },
  { path: `/${licensePath}`, write: writeRsl },
  { path: `/${tdmPath}`, write: writeTdm },
  { path: `/${tdmPolicyPath}`, write: writeTdmPolicy },
  { path: `/${subscribePath}`, write: withPages(writeSubscribe) },
  { path: `/${correctionsPath}`, write: withPages((edition, _, now) => correctionsView(edition, now)) },
  ...formats.map((format) => ({
    path: `/${correctionsPath}/${format.file}`,
    write: (edition: Edition, _: Params, now: Instant) => writeCorrectionsFeed(edition, format, now),
  })),
  { path: `/${searchPath}`, write: withPages(writeSearch) },
  { path: '/theme.css', write: writeTheme },
  { path: `/${manifestPath}`, write: withPages(writeManifest) },
];

/** Writes the publisher's own stylesheet, if there is one. */
async function writeTheme({ site, changed }: Edition): Promise<WrittenDocument | undefined> {
  const style = site.theme?.style;
  if (style === undefined) return undefined;
  return writeDocument(style, 'text/css; charset=utf-8', omitUndefined({ articles: [], changed }));
}
