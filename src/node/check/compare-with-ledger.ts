import { isAbsoluteIri } from '../../article/seed/seed-id.ts';
import type { LedgerEntry } from '../../publication/ledger.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import type { FoundLedger } from '../ledger/find-ledger.ts';
import type { FeedComparison } from './compare-with-feed.ts';
import { changedId, type LocalArticle } from './comparison-problems.ts';
import { titleKey } from './title-key.ts';

/** A published article that its id no longer finds in the folder. */
type Missing = readonly [id: string, entry: LedgerEntry];

/**
 * Compares the ids of articles with those that were published, and warns of articles that would get a new one: of a
 * file with another id, and of a new file with the headline of a published article that is missing. Articles that are
 * only missing are withdrawn, which needs no warning.
 *
 * `certainIds` has the files whose article is the published one without a doubt: the same file, or headline and date.
 */
export function compareWithLedger(
  { articles }: Pick<FolderSnapshot, 'articles'>,
  { name, ledger }: FoundLedger,
  prefix: string,
): FeedComparison {
  const here = new Set(articles.map(({ source }) => source.head.id));
  const missing: Missing[] = [...ledger.articles].filter(([id]) => !here.has(id));
  const byFile = new Map(
    missing.flatMap((one) => (one[1].withdrawn === undefined ? [[one[1].file, one] as const] : [])),
  );
  const byTitle = Map.groupBy(missing, ([, { title }]) => titleKey(title));
  const unknown = articles.filter(({ source }) => !ledger.articles.has(source.head.id));
  const unknownByTitle = Map.groupBy(unknown, ({ source }) => titleKey(source.head.title));
  const files = new Set(articles.map(({ file }) => file.slice(prefix.length)));
  const comparison = { problems: [], certainIds: new Map<string, string>() };
  const match = (
    article: LocalArticle,
    [id, entry]: Missing,
    isCertain: boolean,
  ): FeedComparison['problems'][number] => {
    const item = { id, hasId: true, isAtom: true, links: [], title: entry.title, shown: name };
    const isFixable = isCertain && !article.isIdWritten && isAbsoluteIri(id);
    if (isFixable) comparison.certainIds.set(article.file, id);
    const hint = isFixable ? ' ("--fix-ids" does this)' : '';
    return { ...changedId(article, item, hint), severity: 'warning' };
  };
  const problems = unknown.flatMap((article) => {
    const same = byFile.get(article.file.slice(prefix.length));
    if (same !== undefined) return match(article, same, true);
    const key = titleKey(article.source.head.title);
    // The file of a published article that is still there has taken another id, and is matched by its name.
    const alike = (byTitle.get(key) ?? []).filter(([, { file }]) => !files.has(file));
    const [one, ...others] = alike;
    if (one === undefined || others.length > 0 || unknownByTitle.get(key)?.length !== 1) return [];
    return match(article, one, one[1].published === article.source.head.published);
  });
  return { ...comparison, problems };
}
