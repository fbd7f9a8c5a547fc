import { relative, sep } from 'node:path';
import type { ArticleHead, FindFile, Place, SourceText } from '../../../article/article.ts';
import { type References, readReferences } from '../../../article/body/references.ts';
import type { Candidate } from '../../folder/unique-articles.ts';
import type { SiteFacts } from './site-facts.ts';
import './linted-article.ts';

/** An article that is looked through for faults, each part read when it is first asked for. */
export interface LintedArticle {
  readonly head: ArticleHead;
  readonly written: SourceText;
  /** Its file, as it is shown. */
  readonly file: string;
  /** The path of its file inside the folder, with `/`. */
  readonly path: string;
  /** What its body refers to; nothing where it refers only to other sites. */
  readonly references: References;
  /** The summary that feeds carry. */
  readonly summary: string;
  readonly findFile: FindFile;
  readonly site: SiteFacts;
}

/** What an article's lint finds: a warning, for what is an error is found when the article is read. */
export interface Finding {
  readonly place: Place;
  readonly message: string;
}

/** Prepares an article; `undefined` for one that is made of no file. */
export function lintedArticle({ file, source }: Candidate, site: SiteFacts): LintedArticle | undefined {
  const { head } = source;
  const written = source.sourceText?.();
  if (written === undefined) return undefined;
  const path = relative(site.dir, file).split(sep).join('/');
  const findFile = site.finder(path);
  let references: References | undefined;
  return {
    head,
    written,
    file,
    path,
    site,
    // Links and pictures often name one file many times.
    findFile: remembered(findFile),
    get references() {
      references ??= suspects(written.body, site.url) ? readReferences(written.body, head.title) : none;
      return references;
    },
    get summary() {
      return written.hasSummary || speaks(written.body) ? spoken : source.article().summary;
    },
  };
}

const none: References = { all: [], anchors: new Set() };

/** Reading Markdown takes time, and what only leads to other sites is beyond us. */
function suspects(body: string, url: string): boolean {
  return (
    /!\[|\]\((?!<?https?:)|<(?:a|img|source|audio|video|track)\s|^[^\n]{0,20}\[[^\]\n]+\]:/im.test(body) ||
    body.includes(url)
  );
}

/** Tells at a glance that a body has text: a line opens with a word, where no HTML could hide it. */
function speaks(body: string): boolean {
  return !body.includes('<') && /^[\p{L}\p{N}]/mu.test(body);
}

const spoken = 'said';

function remembered(findFile: FindFile): FindFile {
  const known = new Map<string, ReturnType<FindFile>>();
  return (address) => {
    if (!known.has(address)) known.set(address, findFile(address));
    return known.get(address);
  };
}

/** A finding in a file; without a place it is about the whole of it. */
export interface FiledFinding {
  readonly file: string;
  readonly message: string;
  readonly other?: string;
}
