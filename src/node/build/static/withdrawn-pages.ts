import type { ArticleSource, Instant } from '../../../article/article.ts';
import { articlePath } from '../../../publication/addresses/address.ts';
import { hasExpired } from '../../../publication/publication.ts';
import type { Draft } from '../draft/draft.ts';

/** Lists the articles that the publisher withdrew by `now`, at whose addresses is a page that says so. */
export function withdrawnArticles(ordered: readonly ArticleSource[], now: Instant): readonly ArticleSource[] {
  return ordered.filter(
    ({ head }) => hasExpired(head, now) && head.withdrawal !== undefined && head.withdrawal.date <= now,
  );
}

/** Plans the page of an article that was withdrawn, with the reason. */
export function withdrawnPage({ head }: ArticleSource, menu: unknown, keyOf: (...parts: readonly unknown[]) => string) {
  const path = articlePath(head.slug);
  const file = decodeURIComponent(`${path}.html`);
  return { path, file, isGone: true, key: keyOf(head.withdrawal, menu), date: head.published } as const;
}

/** Writes the file beside such a page by which a server finds that it answers with the page and 410. */
export async function markWithdrawn(all: readonly ArticleSource[], draft: Draft): Promise<void> {
  for (const { head } of all)
    await draft.addText(decodeURIComponent(`${articlePath(head.slug)}.gone`), `${head.withdrawal?.reason ?? ''}\n`);
}
