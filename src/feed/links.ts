import { omitUndefined } from '../article/omit-undefined.ts';
import type { PageAddress } from '../publication/addresses/address.ts';
import { pagePath, subscribePath } from '../publication/addresses/address.ts';
import type { Page } from '../publication/page.ts';
import { hasPages, homeOf } from '../publication/site/site.ts';
import { queryOf } from '../publication/slices/term.ts';

/** The addresses that a feed document states about itself. All except `stylesheets` are absolute URLs. */
export interface FeedLinks {
  /** The public address of this document, the same string everywhere. */
  readonly self: string;
  /** The HTML page with the same articles. */
  readonly alternate: string;
  /** The HTML page of the publication, or of the slice. */
  readonly home: string;
  /** The current page's feed, which every archive document names (RFC 5005 §4). */
  readonly current: string;
  readonly prevArchive?: string;
  readonly nextArchive?: string;
  /** The WebSub hub that reports this document's changes; absent in archive documents, which nobody subscribes to. */
  readonly hub?: string;
  /** The page that explains how to subscribe, if the publication has pages. */
  readonly subscribe?: string;
  /** The paths of the stylesheets for browsers, valid on any host; later ones win. */
  readonly stylesheets: readonly string[];
}

/** The path of a page's feed in the format with this `file`, below the site's address. */
export function feedPath(address: PageAddress, file: string): string {
  const folder = pagePath(address);
  const query = address.terms === undefined ? '' : `?${queryOf(address.terms)}`;
  return (folder === '' ? file : `${folder}/${file}`) + query;
}

/** Collects the addresses for the feed of a page. */
export function feedLinks({ site, address, olderArchive, newerArchive }: LinkedPage, file: string): FeedLinks {
  const at = (path: string): string => new URL(path, site.url).href;
  const { archive: _, ...current } = address;
  const feedAt = (archive: number): string => at(feedPath({ ...current, archive }, file));
  const pageAt = (page: PageAddress): string => (hasPages(site) ? at(pagePath(page)) : homeOf(site));
  return omitUndefined({
    self: at(feedPath(address, file)),
    alternate: pageAt(address),
    home: pageAt(current),
    current: at(feedPath(current, file)),
    subscribe: hasPages(site) ? at(subscribePath) : undefined,
    stylesheets: ['feed.css', ...(site.theme?.style === undefined ? [] : ['theme.css'])].map(
      (file) => new URL(file, site.url).pathname,
    ),
    prevArchive: olderArchive === undefined ? undefined : feedAt(olderArchive),
    nextArchive: newerArchive === undefined ? undefined : feedAt(newerArchive),
    hub: site.hub === undefined || address.archive !== undefined ? undefined : site.hub,
  });
}

type LinkedPage = Pick<Page, 'site' | 'address' | 'olderArchive' | 'newerArchive'>;
