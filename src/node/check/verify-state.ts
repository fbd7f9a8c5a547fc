import type { ArticleSource } from '../../article/article.ts';
import type { Problem } from '../../article/problem.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import type { SeedArticle } from '../folder/seeds/seed-article.ts';

/** Compares what is known from a folder's state with what its files say. Returns the files that differ, sorted. */
export function verifyState(known: FolderSnapshot, read: FolderSnapshot): readonly string[] {
  const [before, now] = [factsIn(known), factsIn(read)];
  return [...new Set([...before.keys(), ...now.keys()])].filter((file) => before.get(file) !== now.get(file)).sort();
}

/** Serializes what is known about each file, except what only the rendering of its article would show. */
function factsIn({ articles, problems }: FolderSnapshot): ReadonlyMap<string, string> {
  const found = new Map<string, [article: SeedArticle | undefined, ...problems: Problem[]]>();
  for (const article of articles) found.set(article.file, [article]);
  for (const problem of problems) {
    const facts = found.get(problem.file);
    if (facts === undefined) found.set(problem.file, [undefined, problem]);
    else facts.push(problem);
  }
  return new Map([...found].map(([file, facts]) => [file, JSON.stringify(facts, headsOnly)]));
}

function headsOnly(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'head' in value ? (value as ArticleSource).head : value;
}

/**
 * Returns the files whose articles would be taken for unchanged although rendering them shows that they are not. Their
 * versions are known without that only from the state.
 */
export function verifyVersions(known: FolderSnapshot, read: FolderSnapshot): readonly string[] {
  const versions = new Map(known.articles.map(({ file, source }) => [file, source.version]));
  return read.articles.flatMap(({ file, source }) => {
    const before = versions.get(file);
    return before === undefined || before === versionOf(source) ? [] : [file];
  });
}

function versionOf(source: ArticleSource): string | undefined {
  try {
    source.article();
  } catch {
    // `check` itself reports an article that cannot be rendered.
    return undefined;
  }
  return source.version;
}
