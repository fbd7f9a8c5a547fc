import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ArticleHead, ArticleSource, Instant } from '../../../article/article.ts';
import type { Ledger, LedgerEntry } from '../../../publication/ledger.ts';
import { editionPath } from '../../../publication/stored/stored.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { digest } from '../draft/article-names.ts';
import { openStored } from '../parallel/open-stored.ts';

/** The last published version of an article whose file has an error now. */
export interface LastVersion {
  readonly source: ArticleSource;
  readonly entry: LedgerEntry;
}

/** Finds the last published version of each article whose file broke, in the build in the folder for the worker. */
export async function lastVersions(
  { brokenFiles, sources }: Pick<FolderSnapshot, 'brokenFiles' | 'sources'>,
  { articles }: Ledger,
  edge: string,
  now: Instant,
): Promise<readonly LastVersion[]> {
  if (brokenFiles.length === 0 || !existsSync(join(edge, editionPath))) return [];
  const broken = new Set(brokenFiles);
  const taken = new Set(sources.flatMap(({ head }) => [head.id, head.slug]));
  const edition = openStored(edge);
  const versions: LastVersion[] = [];
  for (const [id, entry] of articles) {
    if (!broken.has(entry.file) || entry.withdrawn !== undefined || taken.has(id) || taken.has(entry.slug)) continue;
    const { article } = (await edition.article(entry.slug, now)) ?? {};
    if (article === undefined || article.id !== id) continue;
    const head: ArticleHead = article;
    versions.push({ entry, source: { head, article: () => article, version: digest(JSON.stringify(article)) } });
  }
  return versions;
}
