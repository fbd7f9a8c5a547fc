import { relative, sep } from 'node:path';
import type { ArticleHead, Place, SourceText } from '../../../article/article.ts';
import { type References, readReferences } from '../../../article/body/references.ts';
import { findLocalFile, type LocalFile } from '../../../article/find-local-file.ts';
import type { SeedArticle } from '../../folder/seeds/seed-article.ts';
import type { SiteFacts } from './site-facts.ts';

/** An article to lint. Its references and summary are computed on first use. */
export interface LintedArticle {
  readonly head: ArticleHead;
  readonly written: SourceText;
  /** The path of its file, as messages show it. */
  readonly file: string;
  /** The path of its file inside the folder, with `/`. */
  readonly path: string;
  /** The links and files in its body; empty if the body refers only to other sites. */
  readonly references: References;
  /** Empty if feeds have no summary; the text is only computed if that is in doubt. */
  readonly summary: string;
  readonly findFile: (address: string) => LocalFile | undefined;
  /** Finds the article to whose file an address leads. */
  readonly findArticle: (address: string) => LocalFile | undefined;
  readonly site: SiteFacts;
}

/** A fault in an article. It is always a warning; errors are found when the article is read. */
export interface Finding {
  readonly place: Place;
  readonly message: string;
}

/** A fault of the publication, reported at the start of a file unless it has a place. */
export interface FileFinding extends Partial<Place> {
  readonly file: string;
  readonly message: string;
  /** The other file of a pair, if changing either fixes the fault. */
  readonly other?: string;
}

/** Prepares an article for linting; returns `undefined` if it does not come from a file. */
export function lintedArticle({ file, source }: SeedArticle, site: SiteFacts): LintedArticle | undefined {
  const { head } = source;
  const written = source.sourceText?.();
  if (written === undefined) return undefined;
  const path = relative(site.dir, file).split(sep).join('/');
  const findFile = site.findFileFrom(path);
  let references: References | undefined;
  return {
    head,
    written,
    file,
    path,
    site,
    findFile: cached((address) => findLocalFile(address, findFile)),
    findArticle: (address) => findLocalFile(address, findFile, 'article'),
    get references() {
      references ??= mayHaveFaults(written.body, site.url)
        ? readReferences(written.body, head.title)
        : { all: [], anchors: new Set(), unclosed: [] };
      return references;
    },
    get summary() {
      return written.hasSummary || hasText(written.body) ? 'present' : source.article().summary;
    },
  };
}

/**
 * Reports whether a body may refer to more than other sites. Parsing Markdown takes time, so most bodies are skipped.
 */
function mayHaveFaults(body: string, url: string): boolean {
  return (
    /!\[|\]\((?!<?https?:)|<(?:a|img|source|audio|video|track)\s|^(?:[^\n]{0,20}\[[^\]\n]+\]:|[ >*+-]{0,20}<)/im.test(
      body,
    ) || body.includes(url)
  );
}

/** Reports whether a body clearly has text: a line begins with a word, and no HTML could hide it. */
function hasText(body: string): boolean {
  return !body.includes('<') && /^[\p{L}\p{N}]/mu.test(body);
}

/** Caches results, because links and pictures often name the same file. */
function cached(findFile: LintedArticle['findFile']): LintedArticle['findFile'] {
  const known = new Map<string, LocalFile | undefined>();
  return (address) => {
    if (!known.has(address)) known.set(address, findFile(address));
    return known.get(address);
  };
}
