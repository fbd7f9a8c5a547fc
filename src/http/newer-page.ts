import type { Instant } from '../article/article.ts';
import { type PageAddress, pagePath, rootFrom } from '../publication/addresses/address.ts';
import type { Page } from '../publication/page.ts';
import type { Edition } from '../publication/publication.ts';

/** The page that an HTML archive page links to as the newer one. */
export interface NewerPage {
  /** The current page until the next archive page is full. */
  readonly address: PageAddress;
  /** When the next archive page became full, which changed the link; absent before. */
  readonly since?: Instant;
}

/** Finds the page with the articles after those of an archive page; `undefined` for the current page. */
export async function newerPage(
  edition: Edition,
  { address, newerArchive }: Page,
  now: Instant,
): Promise<NewerPage | undefined> {
  if (newerArchive === undefined) return undefined;
  const next = await edition.page({ ...address, archive: newerArchive }, now);
  if (next?.address.archive === undefined) return { address: currentPage(address) };
  const full = next.articles[0]?.published ?? '';
  const following = await edition.page({ ...address, archive: newerArchive + 1 }, now);
  const first = following?.articles.findLast(({ published }) => published > full);
  return { address: next.address, since: first?.published ?? full };
}

/** Returns the version of an HTML page: it changes with the newer page too, on which its link depends. */
export async function listVersion(edition: Edition, address: PageAddress, now: Instant): Promise<string | undefined> {
  const own = await edition.version?.(address, now);
  if (own === undefined || address.archive === undefined) return own;
  return `${own} ${await edition.version?.({ ...address, archive: address.archive + 1 }, now)}`;
}

/** Returns the address of the current page of the same publication or slice. */
function currentPage({ archive: _, ...current }: PageAddress): PageAddress {
  return current;
}

/** Returns the current page if the archive page at an address is not full yet. */
export async function findCurrent(
  edition: Edition,
  address: PageAddress | undefined,
  now: Instant,
): Promise<string | undefined> {
  if (address?.archive === undefined) return undefined;
  const page = await edition.page(address, now);
  if (page === undefined || page.address.archive === address.archive) return undefined;
  return rootFrom(pagePath(address)) + pagePath(currentPage(address));
}
