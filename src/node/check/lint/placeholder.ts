import { placeholderLede } from '../../new/new-seed.ts';
import type { Finding, LintedArticle } from './linted-article.ts';

/** Finds the paragraph that a new article came with. */
export function placeholder({ written }: LintedArticle): readonly Finding[] {
  const { body } = written;
  const at = body.split(placeholderLede, 1)[0]?.length ?? 0;
  if (at === body.length || !/^(?:\n|$)/.test(body.slice(at + placeholderLede.length))) return [];
  const message =
    'this is the paragraph that a new article comes with; write over it, or delete the article, before you publish';
  return [{ place: written.bodyPlace(at), message }];
}
