import type { ArticleSource, Instant } from '../../article/article.ts';
import type { Inherited } from '../../article/front-matter/inherited.ts';
import { byPlace, type Problem } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { PublicationFile } from '../../publication/file/publication-file.ts';
import type { FolderListing } from './changes/folder-listing.ts';
import type { ArticleFiles } from './files/article-files.ts';
import type { FileChange } from './files/file-changes.ts';
import type { FolderArticles } from './folder-articles.ts';
import { joinTranslations } from './joined-translations.ts';
import type { SeedArticle } from './seeds/seed-article.ts';

/** The contents of a folder of articles at one moment. */
export interface FolderSnapshot extends PublicationFile {
  /** The articles that can be published, sorted by file. */
  readonly sources: readonly ArticleSource[];
  /** The same articles, each with its file. */
  readonly articles: readonly SeedArticle[];
  /** When the folder last changed, from the dates of its files and folders, rounded up to a second. */
  readonly changed: Instant;
  /** Files with errors whose last good version is still published. */
  readonly staleFiles: readonly string[];
  /** The paths, in the folder, of files with errors that have no published version. */
  readonly brokenFiles: readonly string[];
  /** The files beside the articles. */
  readonly files: ArticleFiles;
  /** Returns what an article inherits from the files around it. */
  readonly inheritedBy: (path: string) => Inherited | undefined;
  /** Reports whether a file of the folder may be the same as another, by a link. */
  readonly isShared: (path: string) => boolean;
  /** The files that changed since the previous snapshot; empty in the first. */
  readonly changes: readonly FileChange[];
}

/** What a reading of a folder found. */
interface FolderReading {
  readonly publication: PublicationFile;
  readonly articles: Pick<FolderArticles, 'ordered' | 'files' | 'problems' | 'inheritedBy'>;
  readonly unlisted: readonly Problem[];
  readonly listing: Pick<FolderListing, 'changed' | 'isShared'>;
  readonly fileChanges: readonly FileChange[];
}

/** Makes the snapshot of a reading. An unchanged site stays the same object as in the last snapshot. */
export function makeSnapshot(reading: FolderReading, last: FolderSnapshot | undefined): FolderSnapshot {
  const { publication, unlisted, listing, fileChanges } = reading;
  const { ordered, files, problems } = reading.articles;
  const { sources, areTranslated } = ordered;
  const articles = areTranslated ? joinTranslations(ordered.articles, publication.site) : ordered.articles;
  return {
    ...publication,
    site: last !== undefined && isEqual(last.site, publication.site) ? last.site : publication.site,
    sources: areTranslated || sources === undefined ? articles.map(({ source }) => source) : sources,
    articles,
    files,
    isShared: (path) => listing.isShared(path),
    inheritedBy: (path) => reading.articles.inheritedBy(path),
    brokenFiles: ordered.broken,
    staleFiles: sources === undefined ? articles.filter(({ isStale }) => isStale).map(({ file }) => file) : [],
    changed: instantOf(listing.changed) ?? '',
    changes: fileChanges,
    problems: publication.problems.concat(unlisted, problems).toSorted(byPlace),
  };
}

/** Compares plain data. */
export function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
