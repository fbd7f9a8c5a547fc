import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import type { FindFile, Instant } from '../../../article/article.ts';
import { once } from '../../../article/once.ts';
import { slugOf, withoutDay } from '../../../article/slug.ts';
import { articleSlug, readFilePath, readMediaPath, spellPath } from '../../../publication/address.ts';
import { byFormerPath, spellFormer } from '../../../publication/former.ts';
import { slicePath, slicesOf } from '../../../publication/slice.ts';
import { pathPrefix } from '../../disk/list-folder.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { packageFilesFolder } from '../../folder/package-files.ts';
import { publicationFilePath } from '../../folder/publication-file.ts';
import { findSiteRootFile, isDocumentAddress } from '../../folder/site-root-files.ts';
import { sharedFiles } from '../fix/shared-files.ts';

/** What lints of one article must know of the whole publication. */
export interface SiteFacts {
  /** The folder of articles. */
  readonly dir: string;
  /** The file that is at fault where no one article is. */
  readonly publicationFile: () => string;
  /** The public address. */
  readonly url: string;
  readonly now: Instant;
  /** Tells whether the site answers at a path below its own address: `articles/hello`. */
  readonly answersAt: (path: string) => boolean;
  /** The address of the article that a file of the folder holds, by its path inside it. */
  readonly articleAt: (path: string) => string | undefined;
  /** The address of the only article of a name, with or without the day that names of files begin with. */
  readonly articleNamed: (name: string) => string | undefined;
  readonly finder: (path: string) => FindFile;
  /** The file of another article that is one with this file, by a link, for which `--fix` leaves both alone. */
  readonly twinOf: (file: string) => string | undefined;
}

/** Gathers what is known of a folder that was read at the moment `now`. */
export function siteFacts(dir: string, reading: FolderSnapshot, now: Instant): SiteFacts {
  const { site, articles, sources, files } = reading;
  // Each is made when it is first asked for: a look at one article among thousands may need none.
  const slugs = once(() => new Set(sources.map(({ head }) => head.slug)));
  const { length } = pathPrefix(dir);
  const byPath = once(
    () => new Map(articles.map(({ file, source }) => [file.slice(length), source.head.permalink])),
  );
  const known = once(
    () => new Set([...Object.keys(site.redirects).map(spellPath), '/healthz', ...publicPaths()]),
  );
  const former = once(() => byFormerPath(sources, site));
  const slices = once(
    () =>
      new Set(
        sources.flatMap(({ head }) => slicesOf(head, site).map((slice) => spellPath(`/${slicePath(slice)}`))),
      ),
  );
  const byName = once(() => addressesByName(articles));
  const shared = once(() => sharedFiles(articles.map(({ file }) => file)));
  const answersAt = (path: string): boolean => {
    const asked = spellPath(`/${path}`);
    const bare = asked.length > 1 && asked.endsWith('/') ? asked.slice(0, -1) : asked;
    if ([asked, bare, `${bare}/`].some((one) => known().has(one)) || former().has(spellFormer(path)))
      return true;
    const rootPath = readFilePath(path);
    if (rootPath !== undefined && findSiteRootFile(dir, rootPath) !== undefined) return true;
    const slug = articleSlug(bare.slice(1));
    if (slug !== undefined) return slugs().has(slug);
    const media = readMediaPath(asked);
    if (media !== undefined) return files.find(media) !== undefined;
    if (/^\/[^/]+\/[^/]+/.test(bare) && !bare.startsWith('/archive/'))
      return slices().has(bare.split('/').slice(0, 3).join('/')) && isDocumentAddress(bare);
    return isDocumentAddress(asked) || isDocumentAddress(bare);
  };
  return {
    dir,
    publicationFile: once(() => publicationFilePath(dir, articles)),
    url: site.url,
    now,
    answersAt,
    articleAt: (path) => byPath().get(path),
    articleNamed: (name) => byName().get(withoutDay(slugOf(name))),
    finder: (path) => files.finderFor(path, site.url),
    twinOf: (file) => shared().get(file),
  };
}

/** A name that two articles have leads to none. */
function addressesByName(articles: FolderSnapshot['articles']): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const { source } of articles) {
    const name = withoutDay(source.head.slug);
    found.set(name, found.has(name) ? undefined : source.head.permalink);
  }
  return found;
}

function publicPaths(): string[] {
  return readdirSync(packageFilesFolder, { recursive: true, encoding: 'utf8' }).map(
    (name) => `/${encodeURI(name.split(sep).join('/'))}`,
  );
}
