import type { ArticleSource, Instant } from '../../../article/article.ts';
import { articlePath } from '../../../publication/addresses/address.ts';
import { hasExpired } from '../../../publication/publication.ts';
import type { Draft } from '../draft/draft.ts';

/** Lists the articles that were withdrawn by `now`; a page at the address of each says so. */
export function withdrawnArticles(ordered: readonly ArticleSource[], now: Instant): readonly ArticleSource[] {
  return ordered.filter(
    ({ head }) => head.withdrawal !== undefined && head.withdrawal.date <= now && hasExpired(head, now),
  );
}

/** Plans the page of an article that was withdrawn, with the reason. */
export function withdrawnPage({ head }: ArticleSource, menu: unknown, keyOf: (...parts: readonly unknown[]) => string) {
  const path = articlePath(head.slug);
  const file = decodeURIComponent(`${path}.html`);
  return { path, file, isGone: true, key: keyOf(head.withdrawal, menu), date: head.published } as const;
}

/** Writes `x.gone` beside each such page `x.html`, which makes servers answer with the page and 410. */
export async function markWithdrawn(all: readonly ArticleSource[], draft: Draft): Promise<void> {
  for (const { head } of all)
    await draft.addText(decodeURIComponent(`${articlePath(head.slug)}.gone`), `${head.withdrawal?.reason ?? ''}\n`);
}
