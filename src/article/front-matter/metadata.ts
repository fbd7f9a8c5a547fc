import type { Author, Instant } from '../article.ts';
import { plainText } from '../body/content.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { readDate } from '../seed/date.ts';
import type { Dating } from '../seed/seed-path.ts';
import { readExpiry } from './expiry.ts';
import { readMoments } from './moments.ts';
import { readAuthors, readTags } from './people-and-tags.ts';
import { idText, languageTag, type ReadKey, readerOf, reportWrong, text, truth, webAddress } from './read.ts';
import { allUnder, type Table, type Value, valueUnder } from './value.ts';

/** What front matter says of an article, but for the files that belong to it. */
export interface Metadata {
  readonly isDraft: boolean;
  readonly title?: string;
  /** Where the title stands. */
  readonly titleAt?: number;
  /** Whether something stands for the title that is no text, which is reported. */
  readonly isMistitled: boolean;
  readonly published?: Instant;
  /** Where the date of publication stands. */
  readonly publishedAt?: number;
  readonly updated?: Instant;
  /** Where the date of the update stands. */
  readonly updatedAt?: number;
  /** Whether a date stands there that is none, which is reported. */
  readonly isMisdated: boolean;
  /** When it is withdrawn by itself. */
  readonly expires?: Instant;
  /** Where that date stands. */
  readonly expiresAt?: number;
  readonly authors: readonly Author[];
  readonly tags: readonly string[];
  readonly summary?: string;
  /** As it is written: an absolute IRI, or any other text. */
  readonly id?: string;
  /** Absolute address at which the article first appeared. */
  readonly url?: string;
  readonly slug?: string;
  /** Where the site of its framework has it, below its root. */
  readonly path?: string;
  readonly language?: string;
  readonly extent?: 'full' | 'summary';
}

/** Reads what is known of an article; what is unknown is a framework's own and ignored. */
export function readMetadata(table: Table, dating: Dating, report: Report): Metadata {
  const read = readerOf(table, report);
  const title = read(['title'], 'text', prose, 'error');
  const summary = read(['summary', 'description', 'excerpt'], 'text', prose);
  const id = read(['id', 'guid'], 'text', idText);
  const url = readUrl(table, report);
  const path = read(['path'], 'a path', text);
  const slug = read(['slug'], 'text', text) ?? path?.split('/').findLast((part) => part !== '');
  const language = read(['language', 'lang', 'locale'], 'a language tag such as en or pt-BR', languageTag);
  const extent = read(['content'], '"full" or "summary"', extentOf);
  const titled = valueUnder(table, 'title');
  const { published, publishedAt, updated, updatedAt, isMisdated } = readMoments(table, dating, report);
  return omitUndefined({
    isDraft: isDraft(table, read, dating, report),
    isMistitled: title === undefined && titled !== undefined,
    isMisdated,
    ...readExpiry(table, dating.timezone, report),
    authors: readAuthors(table, report),
    tags: readTags(table),
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
    extent,
  });
}

/** Text in which marks of Markdown are marks, as most themes show it. */
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

/** What must not be published is not left to a guess. */
function isDraft(table: Table, read: ReadKey, { timezone }: Dating, report: Report): boolean {
  if (read(['draft', 'extra.draft'], 'true or false', truth, 'error') === true) return true;
  const excluded = valueUnder(table, 'eleventyExcludeFromCollections');
  if (excluded !== undefined && truth(excluded) === true) return true;
  const rendered = allUnder(table, ['build.list', 'build.render']);
  if (rendered.some((value) => /^(?:never|false)$/i.test(text(value) ?? ''))) return true;
  // Jekyll says so with a key that is a date elsewhere.
  const said = valueUnder(table, 'published');
  if (said === undefined) return false;
  const isPublished = truth(said);
  const isWrong = isPublished === undefined && readDate(text(said) ?? '', timezone) === undefined;
  if (isWrong && valueUnder(table, 'date') !== undefined)
    reportWrong(report, 'published', 'true, false or a date', said, 'error');
  return isPublished === false;
}

const urlNames = ['canonical_url', 'canonical', 'original_url', 'url', 'link', 'permalink'];

/** Frameworks take most of these for a path on their own site, too, which is none of ours. */
function readUrl(table: Table, report: Report): string | undefined {
  // Of a list or map no framework makes an address, but of its own "permalink".
  const wrong = allUnder(table, urlNames.slice(0, -1)).find(({ kind }) => kind !== 'scalar');
  if (wrong !== undefined) reportWrong(report, 'url', 'an address that begins with https://', wrong);
  for (const value of allUnder(table, urlNames)) {
    const written = text(value) ?? '';
    if (!/^https?:/i.test(written)) continue;
    const url = webAddress(value);
    if (url !== undefined) return url;
    const message = `expected an address that begins with https://, got ${quote(written)}`;
    report('warning', 'bad-original-url', value.at, `${message}; it is left out`);
  }
  return undefined;
}
