/**
 * The authority of ids in a publication that names none of its own.
 *
 * It depends on nothing that may change: not on the host, the port, the folder or the title. `.internal` belongs to
 * nobody (ICANN, 2024), so no one else can mint under it. Two publications that share files' names share ids, which
 * a publication's own `id` avoids.
 */
export const defaultTagBase = 'tag:dateline.internal,2026:';

/** The grammar of RFC 4151 §2.1 up to and including the colon before the specific part. */
const tagBase =
  /^tag:(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*,\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?:(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*$/;

/** Tells whether ids may begin with `text`: an authority and a date on which the publisher held it. */
export function isTagBase(text: string): boolean {
  return tagBase.test(text);
}

/** Mints the id of an article from the name of its file, which outlives a new headline and a new host. */
export function mintId(base: string, slug: string): string {
  return base + tagSpecific(slug);
}

/**
 * Gives the feed's own id: under the publication's `id` where it has one. Without it the title tells publications
 * apart, since an id from the address would change with the host.
 */
export function feedId(base: string | undefined, title: string): string {
  return base === undefined ? `${defaultTagBase}publication/${tagSpecific(title)}` : `${base}/`;
}

/** A tag URI is ASCII (RFC 4151 §2.1), everything else is percent-encoded. */
function tagSpecific(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
