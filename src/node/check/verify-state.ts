import type { ArticleSource } from '../../article/article.ts';
import type { Problem } from '../../article/problem.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { folderStateForm } from '../folder/seeds/folder-state.ts';
import type { SeedArticle } from '../folder/seeds/seed-article.ts';
import { RenderingTable } from '../state/rendering-table.ts';
import { StateFile } from '../state/state-file.ts';

/** Compares what is known from a folder's state with what its files say. Returns the files that differ, sorted. */
export function verifyState(known: FolderSnapshot, read: FolderSnapshot): readonly string[] {
  const [before, now] = [factsIn(known), factsIn(read)];
  return [...new Set([...before.keys(), ...now.keys()])].filter((file) => before.get(file) !== now.get(file)).sort();
}

/** Serializes what is known about each file, except what only the rendering of its article would show. */
function factsIn({ articles, problems }: FolderSnapshot): ReadonlyMap<string, string> {
  const found = new Map<string, [article: object | undefined, ...problems: Problem[]]>();
  for (const article of articles) found.set(article.file, [headsOf(article)]);
  for (const problem of problems) {
    const facts = found.get(problem.file);
    if (facts === undefined) found.set(problem.file, [undefined, problem]);
    else facts.push(problem);
  }
  return new Map([...found].map(([file, facts]) => [file, JSON.stringify(facts)]));
}

function headsOf({ source, withLongSlug, isIdWritten, isStale }: SeedArticle): object {
  return { head: source.head, other: withLongSlug?.head, isIdWritten, isStale };
}

/**
 * Renders the articles whose versions are known from the state. Returns the files of those that have another version
 * then, or are not what `renderings` has for it. Such an article would count as unchanged, or be published as it was.
 */
export function verifyRendered(
  known: FolderSnapshot,
  read: FolderSnapshot,
  renderings: ReadonlyMap<string, string>,
): readonly string[] {
  const versions = new Map(known.articles.map(({ file, source }) => [file, source.version]));
  return read.articles.flatMap(({ file, source }) => {
    const before = versions.get(file);
    if (before === undefined) return [];
    const article = renderedNow(source);
    const isSame = article !== undefined && before === source.version;
    return isSame && (renderings.get(before) ?? article) === article ? [] : [file];
  });
}

/** Returns an article in JSON. */
function renderedNow(source: ArticleSource): string | undefined {
  try {
    return JSON.stringify(source.article());
  } catch {
    // `check` itself reports an article that cannot be rendered.
    return undefined;
  }
}

/** Returns all rendered articles of a state, in JSON, by their versions. */
export function renderingsIn(path: string): ReadonlyMap<string, string> {
  const file = StateFile.open(path, folderStateForm);
  const renderings = file === undefined ? new Map<string, string>() : new RenderingTable(file).all();
  file?.close();
  return renderings;
}
