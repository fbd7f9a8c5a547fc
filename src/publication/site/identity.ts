/**
 * The start of ids in a publication without its own `id`.
 *
 * It depends on nothing that may change: host, port, folder or title. `.internal` is reserved for private use (ICANN,
 * 2024), so nobody else can mint ids under it. Two such publications with the same file names share ids; setting `id`
 * avoids that.
 */
export const defaultTagBase = 'tag:dateline.internal,2026:';

/** The grammar of RFC 4151 §2.1 up to and including the colon before the specific part. */
const tagBase =
  /^tag:(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*,\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?:(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*$/;

/** Reports whether ids may start with `text`: an authority, and a date on which the publisher held it. */
export function isTagBase(text: string): boolean {
  return tagBase.test(text);
}

/** Mints the id of an article from the name of its file, so that it survives a new headline or host. */
export function mintId(base: string, slug: string): string {
  return base + tagSpecific(slug);
}

/**
 * Returns the id of the feed, based on the publication's `id` if it has one, else on its title. An id based on the
 * address would change with the host.
 */
export function feedId(base: string | undefined, title: string): string {
  return base === undefined ? `${defaultTagBase}publication/${tagSpecific(title)}` : `${base}/`;
}

/** Percent-encodes a text for a tag URI, which is ASCII (RFC 4151 §2.1). */
function tagSpecific(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
