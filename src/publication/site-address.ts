import { canonicalUrl } from '../article/seed/original-url.ts';

/** What {@link siteAddress} takes, in words. */
export const expectsSiteAddress = 'an absolute http or https address without "?" and "#"';

/**
 * Reads the public address of a publication; `undefined` for one that is none, and for one with a query or a fragment, for
 * the addresses of feeds and articles begin with it.
 */
export function siteAddress(text: string): string | undefined {
  return /[?#]/.test(text) ? undefined : canonicalUrl(text);
}
