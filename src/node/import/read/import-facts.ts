import type { Author, Instant } from '../../../article/article.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { oneLine } from '../../../article/plain-text.ts';
import { instantOf, readDate } from '../../../article/seed/date.ts';
import { canonicalUrl } from '../../../article/web-address.ts';
import { isMarkedLine, looseHtml, textOfHtml } from './html-text.ts';

/** Reads a date of a feed; one without a zone is UTC, whatever the zone of this machine. */
export function instantIn(...written: readonly (string | undefined)[]): Instant | undefined {
  for (const text of written) {
    if (text === undefined) continue;
    const reading = readDate(text, 'UTC');
    const instant = reading?.kind === 'date' ? reading.instant : instantOf(Date.parse(text));
    if (instant !== undefined) return instant;
  }
  return undefined;
}

/** A person with whatever is known; one who is known by an address alone is called by it. */
export function personOf(person: {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly url?: string | undefined;
}): Author[] {
  const email = person.email?.trim();
  const url = canonicalUrl(person.url?.trim() ?? '');
  const name = oneLine(person.name ?? '') || email || url;
  if (name === undefined || name === '') return [];
  const isEmail = /^[^\s@<>()]+@[^\s@<>()]+$/.test(email ?? '');
  return [omitUndefined({ name, email: email !== undefined && isEmail ? email : undefined, url })];
}

/** Gives each person once, with what is known from all mentions. */
export function people(all: readonly Author[]): readonly Author[] {
  const byName = new Map<string, Author>();
  for (const one of all) byName.set(one.name, { ...one, ...byName.get(one.name) });
  return [...byName.values()];
}

/** Makes plain text of a title or a name that may be HTML, as those of RSS often are and nobody says which. */
export function looseText(text: string | undefined): string {
  if (text === undefined) return '';
  // ReadRequest of what is short alone, for a pair of tags is looked for from each first one.
  const isMarked = text.length > 20_000 || hasReference(text) || isMarkedLine(text);
  return oneLine(isMarked ? textOfHtml(text) : text);
}

/** Likewise of a description or a summary, which is HTML where it would be that as the content. */
export function looseSummary(text = ''): string {
  return oneLine(/[&<]/.test(text) ? textOfHtml(looseHtml(text)) : text);
}

function hasReference(text: string): boolean {
  return /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/i.test(text);
}

/** A tag as it is written, but for the references of one that was escaped twice. */
export function tagOf(name: string | undefined): string[] {
  const tag = looseText(name ?? '');
  return tag === '' ? [] : [oneLine(tag)];
}
