/**
 * Normalizes an absolute http or https URL as WHATWG URL does. Also encodes the characters that WHATWG allows but RFC
 * 3986 §2 forbids, and removes user name and password. Returns `undefined` for anything else.
 */
export function canonicalUrl(address: string): string | undefined {
  if (canonical.test(address)) return address;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  const [, origin = '', rest = ''] = /^([a-z]+:\/\/[^/?#]*)(.*)$/.exec(url.href) ?? [];
  return origin + rest.replace(/[[\]\\^`{|}]|%(?![\dA-F]{2})|(?<=#.*)#/gi, encodeURIComponent);
}

/** Addresses that stay as they are, as most do: a host of letters, and a path of letters and digits. */
const canonical = /^https?:\/\/(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z]{2,}\/(?:\w[\w.~-]*\/)*(?:\w[\w.~-]*)?$/;

/** Hides the user name and password in the addresses of a text, which ends up in logs. */
export function withoutPasswords(text: string): string {
  return text.replace(userInfo, '$1');
}

/**
 * What comes before the host, up to the last `@`; at the start of a text it may contain spaces. Addresses of these
 * schemes need no slashes (URL Standard, "special authority ignore slashes state").
 */
const userInfo =
  /(?<![a-z\d+.-])((?:(?:https?|ftp|wss?):|[a-z][a-z\d+.-]{0,30}:[\\/]{2})[\\/]*)(?:(?<=^\1)[^\\/?#]{1,300}|[^\s\\/?#]{1,300})@/gi;

/** What {@link siteAddress} accepts, in words. */
export const expectsSiteAddress = 'an absolute http or https address without "?" and "#"';

/**
 * Normalizes the public address of a publication. Returns `undefined` if it is invalid or has a query or fragment,
 * since the addresses of feeds and articles begin with it.
 */
export function siteAddress(text: string): string | undefined {
  return /[?#]/.test(text) ? undefined : canonicalUrl(text);
}

/** Reports whether a text is a mail address that RSS and Atom can carry: no query, no list, a host with a dot. */
export function isMailAddress(text: string): boolean {
  return /^[\p{L}\p{N}!#$%&'*+/=^_`{|}~.-]+@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,}$/u.test(
    text,
  );
}

/**
 * Reads an account of the fediverse, `@ana@social.example`, also without the first `@` or as the address of its page.
 * Returns `undefined` for anything else.
 */
export function fediverseAccount(text: string): string | undefined {
  const [, host, user] = /^https:\/\/([^/?#@]+)\/@([^/?#@]+)\/?$/i.exec(text) ?? [];
  const account = host === undefined ? text.replace(/^@?/, '@') : `@${user}@${host}`;
  return /^@[\w.-]+@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/i.test(account) ? account : undefined;
}

/** Decodes percent-encoding; malformed text stays as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
