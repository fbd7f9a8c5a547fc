import type { Author } from '../../../article/author.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import type { Generator } from '../../../article/permalink/names.ts';
import { isTimezone } from '../../../article/seed/date.ts';
import { isMailAddress, siteAddress } from '../../../article/web-address.ts';
import type { Settings } from './site-files.ts';

/** An existing site, as its own settings describe it. */
export interface FoundSite {
  readonly generator: Generator;
  /** The folder of articles, inside the site. */
  readonly articles: string;
  readonly permalink: string;
  readonly ids: 'address' | 'jekyll-feed';
  readonly static?: string;
  /** The folder into which the generator builds the site. */
  readonly out: string;
  readonly title?: string;
  readonly description?: string;
  /** The address of the site. */
  readonly url?: string;
  readonly language?: string;
  readonly timezone?: string;
  readonly authors?: readonly Author[];
  /** What the publisher should look at, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Joins the address of a site and the path below which it lives; `undefined` unless it is one that can be published.
 */
export function addressOf(url: string | undefined, base = ''): string | undefined {
  if (url === undefined || /^https?:\/\/(?:localhost|127\.|example\.(?:com|org)\b|your[-.])/i.test(url))
    return undefined;
  const path = base.replace(/^\/+|\/+$/g, '');
  const whole = `${url.replace(/\/+$/, '')}/${path === '' ? '' : `${path}/`}`;
  return siteAddress(whole);
}

/** Returns a language tag of a setting such as `en_US`. */
export function languageOf(written: string | undefined): string | undefined {
  try {
    return written && Intl.getCanonicalLocales(written.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

export function timezoneOf(written: string | undefined): string | undefined {
  return written !== undefined && isTimezone(written) ? written : undefined;
}

/** Removes `./` at the beginning of a path, and slashes at its end. */
export function clean(path: string): string {
  const plain = path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  return plain === '' ? '.' : plain;
}

/** Reads an author who is a name or a map. */
export function authorsIn(settings: Settings, ...names: readonly string[]): readonly Author[] | undefined {
  for (const name of names) {
    const author = settings.text(`${name}.name`) ?? settings.text(name);
    if (author === undefined) continue;
    const email = settings.text(`${name}.email`);
    return [omitUndefined({ name: author, email: email !== undefined && isMailAddress(email) ? email : undefined })];
  }
  return undefined;
}
