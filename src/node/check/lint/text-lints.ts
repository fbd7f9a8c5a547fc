import { quote } from '../../../article/problem.ts';
import { hasExpired } from '../../../publication/publication.ts';
import { placeholderLede } from '../../new/new-seed.ts';
import type { Finding, LintedArticle } from './linted-article.ts';

/** Characters of a headline that readers, search engines and phones show. */
const maxHeadline = 120;

/** Finds a date or an update in the future. */
export function futureDate({ head, written, site }: LintedArticle): readonly Finding[] {
  const { published, updated } = head;
  const message =
    published > site.now
      ? `the date ${published} is in the future, and the article appears only then; correct the date unless you mean that`
      : updated > site.now
        ? `the update ${updated} is in the future, and is ignored until then; correct the date unless you mean that`
        : undefined;
  return message === undefined ? [] : [{ place: written.datePlace, message }];
}

/** Finds an article that has expired, unless its publisher withdrew it. */
export function expired({ head, written, site }: LintedArticle): readonly Finding[] {
  if (!hasExpired(head, site.now) || head.withdrawal?.date === head.expires) return [];
  const message = `expired on ${head.expires}, so the article is in no feed and its address answers 410; correct the date of expiry, or remove it, if you mean to show the article`;
  return [{ place: written.expiryPlace ?? written.datePlace, message }];
}

/** Finds a headline that would be cut off. */
export function longHeadline({ head, written }: LintedArticle): readonly Finding[] {
  const length = [...head.title].length;
  if (length <= maxHeadline) return [];
  const message = `the headline ${quote(head.title)} has ${length} characters; readers and search engines cut it off, so keep it within ${maxHeadline}`;
  return [{ place: written.titlePlace, message }];
}

/** Finds an article whose body has no text for a summary. */
export function missingSummary({ summary, written }: LintedArticle): readonly Finding[] {
  if (summary !== '') return [];
  const message =
    'the body has no text for a summary, so lists show only the headline; write a first paragraph, or "summary" in front matter';
  return [{ place: written.titlePlace, message }];
}

/** Finds the placeholder paragraph of a new article. */
export function placeholder({ written }: LintedArticle): readonly Finding[] {
  const { body } = written;
  const at = body.split(placeholderLede, 1)[0]?.length ?? 0;
  if (at === body.length || !/^(?:\n|$)/.test(body.slice(at + placeholderLede.length))) return [];
  const message =
    'this is the placeholder paragraph of a new article; replace it, or delete the article, before you publish';
  return [{ place: written.bodyPlace(at), message }];
}
