import { quote } from '../../../article/problem.ts';
import type { Finding, LintedArticle } from './linted-article.ts';

/** Characters of a headline that readers, search engines and phones still show. */
export const longestHeadline = 120;

/** Finds that an article, or its update, is not due. */
export function futureDate({ head, written, site }: LintedArticle): readonly Finding[] {
  const { published, updated } = head;
  const what =
    published > site.now
      ? `dated ${published}, which lies ahead: it appears at that moment, no earlier; correct the date unless you mean that`
      : updated > site.now
        ? `updated ${updated}, which lies ahead: until then it counts as unchanged; correct the date unless you mean that`
        : undefined;
  return what === undefined ? [] : [{ place: written.datePlace, message: what }];
}

/** Finds a headline that would be cut off. */
export function longHeadline({ head, written }: LintedArticle): readonly Finding[] {
  const length = [...head.title].length;
  if (length <= longestHeadline) return [];
  const message = `the headline ${quote(head.title)} has ${length} characters; readers and search engines cut it off, so keep it within ${longestHeadline}`;
  return [{ place: written.titlePlace, message }];
}

/** Finds that lists would show nothing of an article but its headline. */
export function missingSummary({ summary, written }: LintedArticle): readonly Finding[] {
  if (summary !== '') return [];
  const message =
    'the body has no text for a summary, so lists show the headline alone; write a first paragraph, or "summary" in front matter';
  return [{ place: written.titlePlace, message }];
}
