import { omitUndefined } from '../article/omit-undefined.ts';
import type { PageAddress } from '../publication/address.ts';
import { pagePath, subscribePath } from '../publication/address.ts';
import type { Page } from '../publication/page.ts';

/** The addresses that a feed document states about itself, all absolute. */
export interface FeedLinks {
  /** The public address of this very document, one string wherever it is named. */
  readonly self: string;
  /** The page for people with the same articles. */
  readonly alternate: string;
  /** The page for people of the publication, or of the slice. */
  readonly home: string;
  /** The subscription document, in every document of its archive (RFC 5005 §4). */
  readonly current: string;
  readonly prevArchive?: string;
  readonly nextArchive?: string;
  /** The WebSub hub that tells of this document's changes: none for an archive document, which subscribers have no use for. */
  readonly hub?: string;
  /** The page that says how to subscribe. */
  readonly subscribe: string;
  /** The paths of the stylesheets for who opens the feed in a browser, on whatever host it is then; the last ones win. */
  readonly stylesheets: readonly string[];
}

/** The path of a page's feed whose file is called `file`, below the site's own address. */
export function feedPath(address: PageAddress, file: string): string {
  const folder = pagePath(address);
  return folder === '' ? file : `${folder}/${file}`;
}

/** Gathers the addresses for the feed of a page. */
export function feedLinks(
  { site, address, olderArchive, newerArchive }: LinkedPage,
  file: string,
): FeedLinks {
  const at = (path: string): string => new URL(path, site.url).href;
  const { archive: _, ...current } = address;
  const feedAt = (archive: number): string => at(feedPath({ ...current, archive }, file));
  return omitUndefined({
    self: at(feedPath(address, file)),
    alternate: at(pagePath(address)),
    home: at(pagePath(current)),
    current: at(feedPath(current, file)),
    subscribe: at(subscribePath),
    stylesheets: ['feed.css', ...(site.theme?.style === undefined ? [] : ['theme.css'])].map(
      (file) => new URL(file, site.url).pathname,
    ),
    prevArchive: olderArchive === undefined ? undefined : feedAt(olderArchive),
    nextArchive: newerArchive === undefined ? undefined : feedAt(newerArchive),
    hub: site.hub === undefined || address.archive !== undefined ? undefined : site.hub,
  });
}

type LinkedPage = Pick<Page, 'site' | 'address' | 'olderArchive' | 'newerArchive'>;
