import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import type { ArticleSource, Instant } from '../../../article/article.ts';
import type { FindFile } from '../../../article/find-local-file.ts';
import { once } from '../../../article/once.ts';
import { slugOf, withoutDay } from '../../../article/slug.ts';
import { articleSlug, normalizePath, readFilePath, readMediaPath } from '../../../publication/addresses/address.ts';
import { articlesByOldPath, normalizeOldPath } from '../../../publication/addresses/old-addresses.ts';
import { hasExpired } from '../../../publication/publication.ts';
import type { Podcast } from '../../../publication/site/podcast.ts';
import { hasPages, homeOf } from '../../../publication/site/site.ts';
import { slicesOf } from '../../../publication/slices/membership.ts';
import { slicePath } from '../../../publication/slices/slice.ts';
import { pathPrefix } from '../../disk/list-folder.ts';
import { packageFilesFolder } from '../../folder/files/package-files.ts';
import { findSiteRootFile, isDocumentAddress } from '../../folder/files/site-root-files.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { publicationFilePath } from '../../folder/options/publication-file.ts';
import { findArticle } from '../../folder/ordered-articles.ts';
import { linkedFiles } from './linked-files.ts';

/** What lints need to know about the whole publication. */
export interface SiteFacts {
  /** The folder of articles. */
  readonly dir: string;
  /** Returns the file at which problems of the publication are reported. */
  readonly publicationFile: () => string;
  /** The public URL. */
  readonly url: string;
  /** The podcast that the publication is, if any. */
  readonly podcast: Podcast | undefined;
  readonly now: Instant;
  /** Whether pages show pictures as they are, because nothing makes smaller versions. */
  readonly showsWholePictures: boolean;
  /** Reports whether the site answers at a path below its URL, such as `articles/hello`. */
  readonly answersAt: (path: string) => boolean;
  /** Returns the URL of the article in a file, by the file's path inside the folder. */
  readonly findArticle: (path: string) => string | undefined;
  /** Returns the URL of the only article with a name, with or without the date that file names begin with. */
  readonly articleNamed: (name: string) => string | undefined;
  /** Returns a function that finds files by their addresses in the article at a path. */
  readonly findFileFrom: (path: string) => FindFile;
  /** Returns the file of another article that is linked with this one. `--fix` leaves both unchanged. */
  readonly otherName: (file: string) => string | undefined;
}

/** Returns facts about a folder that was read at `now`. Each is computed on first use. */
export function siteFacts(dir: string, reading: FolderSnapshot, now: Instant): SiteFacts {
  const { site, articles, files } = reading;
  const prefix = pathPrefix(dir);
  const byName = once(() => articlesByName(articles));
  const linked = once(() => linkedFiles(articles.map(({ file }) => file)));
  return {
    dir,
    publicationFile: once(() => publicationFilePath(dir, articles)),
    url: site.url,
    podcast: site.podcast,
    now,
    showsWholePictures: hasPages(site) && site.pictures === undefined,
    // Another program's pages are not known.
    answersAt: site.permalink === undefined ? siteRoutes(dir, reading, now) : () => true,
    findArticle: (path) => findArticle(articles, prefix + path)?.source.head.permalink,
    articleNamed: (name) => byName().get(withoutDay(slugOf(name)))?.head.permalink,
    findFileFrom: (path) => files.finderFor(path, site.url, undefined, homeOf(site)),
    // Looking at every file takes longer than all else.
    otherName: (file) => (reading.isShared(file.slice(prefix.length)) ? linked().get(file) : undefined),
  };
}

/** Returns a function that reports whether the site answers at a path. */
function siteRoutes(dir: string, { site, sources, files }: FolderSnapshot, now: Instant): (path: string) => boolean {
  const current = once(() => sources.filter(({ head }) => !hasExpired(head, now)));
  const slugs = once(() => new Set(current().map(({ head }) => head.slug)));
  const fixed = once(() => new Set([...Object.keys(site.redirects).map(normalizePath), '/healthz', ...publicPaths()]));
  const former = once(() => articlesByOldPath(current(), site));
  const slices = once(
    () =>
      new Set(
        current().flatMap(({ head }) => slicesOf(head, site).map((slice) => normalizePath(`/${slicePath(slice)}`))),
      ),
  );
  return (path) => {
    const address = normalizePath(`/${path}`);
    const bare = address.length > 1 && address.endsWith('/') ? address.slice(0, -1) : address;
    if ([address, bare, `${bare}/`].some((one) => fixed().has(one)) || former().has(normalizeOldPath(path)))
      return true;
    const rootPath = readFilePath(path);
    if (rootPath !== undefined && findSiteRootFile(dir, rootPath) !== undefined) return true;
    const slug = articleSlug(bare.slice(1));
    if (slug !== undefined) return slugs().has(slug);
    const media = readMediaPath(address);
    if (media !== undefined) return files.find(media) !== undefined;
    if (/^\/[^/]+\/[^/]+/.test(bare) && !/^\/(?:archive|months)\//.test(bare))
      return slices().has(bare.split('/').slice(0, 3).join('/')) && isDocumentAddress(bare);
    return isDocumentAddress(address) || isDocumentAddress(bare);
  };
}

/** Maps names to articles; a name that two articles share maps to `undefined`. */
function articlesByName(articles: FolderSnapshot['articles']): ReadonlyMap<string, ArticleSource | undefined> {
  const named = new Map<string, ArticleSource | undefined>();
  for (const { source } of articles) {
    const name = withoutDay(source.head.slug);
    named.set(name, named.has(name) ? undefined : source);
  }
  return named;
}

function publicPaths(): string[] {
  return readdirSync(packageFilesFolder, { recursive: true, encoding: 'utf8' }).map(
    (name) => `/${encodeURI(name.split(sep).join('/'))}`,
  );
}
