import type { Correction, Instant, Withdrawal } from '../article.ts';
import type { Author } from '../author.ts';
import { plainText } from '../body/content.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { readDate } from '../seed/date.ts';
import type { DateContext } from '../seed/seed-path.ts';
import { readCorrections, readWithdrawal } from './corrections.ts';
import { readDates } from './dates.ts';
import { type KnownAuthors, readAuthors, readTags } from './people-and-tags.ts';
import { idText, keyReader, languageTag, reportWrong, text, truth, webAddress } from './syntax/read.ts';
import { allUnder, type Table, type Value, valueUnder } from './syntax/value.ts';
import { readExpiry } from './withheld/expiry.ts';
import { readWithheld } from './withheld/withheld.ts';
import type { Withheld } from './withheld/withheld-meanings.ts';

/** What front matter says about an article, except its files. */
export interface Metadata {
  /** Why it is not published, if it is held back. */
  readonly withheld?: Withheld;
  readonly title?: string;
  /** The offset of the title. */
  readonly titleAt?: number;
  /** Whether the title is not text, which is reported. */
  readonly hasInvalidTitle: boolean;
  readonly published?: Instant;
  /** The offset of the publication date. */
  readonly publishedAt?: number;
  readonly updated?: Instant;
  /** The offset of the update. */
  readonly updatedAt?: number;
  /** Whether the publication date is invalid, which is reported. */
  readonly hasInvalidDate: boolean;
  /** What Eleventy computes a date from, in its place. */
  readonly computedDate?: string;
  /** When the article expires and is withdrawn. */
  readonly expires?: Instant;
  /** Offset of that date. */
  readonly expiresAt?: number;
  readonly corrections?: readonly Correction[];
  readonly withdrawal?: Withdrawal;
  readonly authors: readonly Author[];
  readonly tags: readonly string[];
  readonly summary?: string;
  /** As written: an absolute IRI or any other text. */
  readonly id?: string;
  /** The absolute address at which the article first appeared. */
  readonly url?: string;
  readonly slug?: string;
  /** The path that its framework gives it, below the root of the site. */
  readonly path?: string;
  readonly language?: string;
  readonly translationKey?: string;
  readonly extent?: 'full' | 'summary';
}

/** Reads the metadata of an article. Unknown keys belong to frameworks and are ignored. */
export function readMetadata(table: Table, dating: DateContext, report: Report, known?: KnownAuthors): Metadata {
  const read = keyReader(table, report);
  const title = read(['title'], 'text', prose, 'error');
  const summary = read(['summary', 'description', 'excerpt'], 'text', prose);
  const id = read(['id', 'guid'], 'text', idText);
  const url = readUrl(table, report);
  const path = read(['path'], 'a path', text);
  const slug = read(['slug'], 'text', text) ?? path?.split('/').findLast((part) => part !== '');
  const language = read(['language', 'lang', 'locale'], 'a language tag such as en or pt-BR', languageTag);
  const translationKey = read(['translationKey', 'translationId'], 'text', text);
  const extent = read(['content'], '"full" or "summary"', extentOf);
  const titled = valueUnder(table, 'title');
  const { published, publishedAt, updated, updatedAt, hasInvalidDate, computedDate } = readDates(table, dating, report);
  checkSwitch(table, dating, report);
  return omitUndefined({
    withheld: readWithheld(table, report),
    hasInvalidTitle: title === undefined && titled !== undefined,
    hasInvalidDate,
    computedDate,
    ...readExpiry(table, dating.timezone, report),
    corrections: readCorrections(table, dating.timezone, report),
    withdrawal: readWithdrawal(table, dating.timezone, report),
    authors: readAuthors(table, report, known),
    tags: readTags(table, report),
    title,
    titleAt: titled?.at,
    published,
    publishedAt,
    updated,
    updatedAt,
    summary,
    id,
    url,
    slug,
    path,
    language,
    translationKey,
    extent,
  });
}

/** Reads text in which Markdown marks are markup, as most themes treat it. */
function prose(value: Value): string | undefined {
  const written = text(value);
  const plain = plainText(written ?? '');
  const line = plain === written ? plain : oneLine(plain);
  return line === '' ? undefined : line;
}

function extentOf(value: Value): 'full' | 'summary' | undefined {
  const word = text(value);
  return word === 'full' || word === 'summary' ? word : undefined;
}

/** Reports a "published" that is neither Jekyll's switch nor, as for others, a date. */
function checkSwitch(table: Table, { timezone }: DateContext, report: Report): void {
  const value = valueUnder(table, 'published');
  if (value === undefined || truth(value) !== undefined || valueUnder(table, 'date') === undefined) return;
  if (readDate(text(value) ?? '', timezone) === undefined)
    reportWrong(report, 'published', 'true, false or a date', value, 'error');
}

const urlNames = ['canonical_url', 'canonical', 'original_url', 'url', 'link', 'permalink'];

/** Frameworks also use most of these keys for a path on their own site, which is ignored. */
function readUrl(table: Table, report: Report): string | undefined {
  // No framework accepts a list or map as an address, except Hugo's own "permalink".
  const wrong = allUnder(table, urlNames.slice(0, -1)).find(({ kind }) => kind !== 'scalar');
  if (wrong !== undefined) reportWrong(report, 'url', 'an address that begins with https://', wrong);
  for (const value of allUnder(table, urlNames)) {
    const written = text(value) ?? '';
    if (!/^https?:/i.test(written)) continue;
    const url = webAddress(value);
    // Ids are made of such addresses, so the space stays what it always was.
    if (url !== undefined && /\s/.test(written))
      report(
        'warning',
        'wrong-value',
        value.at,
        `url: ${quote(written)} has white space in it; write %20 in its place`,
      );
    if (url !== undefined) return url;
    const message = `expected an address that begins with https://, got ${quote(written)}`;
    report('warning', /\s/.test(written) ? 'wrong-value' : 'bad-original-url', value.at, `${message}; it is left out`);
  }
  return undefined;
}
