import type { Instant } from '../../../article/article.ts';
import type { Author } from '../../../article/author.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { oneLine } from '../../../article/plain-text.ts';
import { instantOf, readDate } from '../../../article/seed/date.ts';
import { canonicalUrl, isMailAddress } from '../../../article/web-address.ts';
import { absolute } from '../../published/feed-bases.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { plainLine } from './html-text.ts';

export type RssFeed = Extract<ParsedFeed, { readonly format: 'rss' }>['feed'];
export type RssItem = NonNullable<RssFeed['items']>[number];

export interface Person {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly url?: string | undefined;
}

/** Returns the first readable date. A date without a zone is UTC, whatever the zone of this machine. */
export function firstInstant(...dates: readonly (string | undefined)[]): Instant | undefined {
  for (const text of dates) {
    if (text === undefined) continue;
    const date = readDate(text, 'UTC');
    const instant = date?.kind === 'date' ? date.instant : instantOf(Date.parse(text));
    if (instant !== undefined) return instant;
  }
  return undefined;
}

/** Lists each person once, with the details of all mentions. A person without a name goes by their address. */
export function readAuthors(people: readonly Person[], base?: string): readonly Author[] {
  const byName = new Map<string, Author>();
  for (const person of people) {
    const address = person.email?.trim();
    const email = address === undefined || noAddress.test(address) ? undefined : address;
    const url = canonicalUrl(absolute(person.url, base) ?? '');
    const name = oneLine(person.name ?? '') || email || url || '';
    if (name === '' || noAddress.test(name)) continue;
    byName.set(name, {
      ...omitUndefined({ name, email: soundAddress(email), url }),
      ...byName.get(name),
    });
  }
  return [...byName.values()];
}

/** Returns the address without `mailto:` and without a query, if what is left is a mail address. */
function soundAddress(written: string | undefined): string | undefined {
  const address = written?.replace(/^mailto:|\?.*$/gi, '');
  return address !== undefined && isMailAddress(address) ? address : undefined;
}

/** What Blogger writes in place of an author's mail address. */
const noAddress = /^noreply@blogger\.com$/i;

export function readTags(names: readonly (string | undefined)[]): readonly string[] {
  return names.map(plainLine).filter((tag) => tag !== '');
}
