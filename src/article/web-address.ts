/**
 * Spells an absolute http or https address as WHATWG URL does, with the characters encoded that it lets pass though no
 * URI has them (RFC 3986 §2), and without a user's name and password; `undefined` for anything else.
 */
export function canonicalUrl(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  const [, origin = '', rest = ''] = /^([a-z]+:\/\/[^/?#]*)(.*)$/.exec(url.href) ?? [];
  return origin + rest.replace(/[[\]\\^`{|}]|%(?![\dA-F]{2})|(?<=#.*)#/gi, encodeURIComponent);
}

/** What {@link siteAddress} takes, in words. */
export const expectsSiteAddress = 'an absolute http or https address without "?" and "#"';

/**
 * Reads the public address of a publication; `undefined` for one that is none, and for one with a query or a fragment, for
 * the addresses of feeds and articles begin with it.
 */
export function siteAddress(text: string): string | undefined {
  return /[?#]/.test(text) ? undefined : canonicalUrl(text);
}
