import type { Article } from '../../../article/article.ts';
import type { Problem } from '../../../article/problem.ts';
import { idLine, isAbsoluteIri, mintSuffix } from '../../../article/seed/seed-id.ts';
import { defaultTagBase, mintId } from '../../../publication/site/identity.ts';
import type { Site } from '../../../publication/site/site.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { SeedArticle } from '../../folder/seeds/seed-article.ts';
import { count } from '../../terminal/report.ts';
import type { Fix } from './fix.ts';
import { addKeys, placesForId } from './place-for-id.ts';
import { published } from './rewrite.ts';

/**
 * Warns once of all articles whose ids depend on their file names, at the file that `fileOf` returns. Files that are
 * linked and so cannot take an id get a warning of their own; `otherName` returns the other name of such a file.
 */
export function unfixedIds(
  { articles, site }: Pick<FolderSnapshot, 'articles' | 'site'>,
  otherName: (file: string) => string | undefined,
  fileOf: (unfixed: readonly SeedArticle[]) => string,
): readonly Problem[] {
  // Ids that are addresses of the site are those of its own feed, too.
  const unfixed = site.permalink?.ids === undefined ? articles.filter(({ isIdWritten }) => !isIdWritten) : [];
  const single = unfixed.filter(({ file }) => otherName(file) === undefined);
  const linked = unfixed.filter(({ file }) => otherName(file) !== undefined);
  const warn = (all: readonly SeedArticle[], remedy: (first: string) => string): readonly Problem[] => {
    const [first] = all;
    if (first === undefined) return [];
    const which = all.length === 1 ? first.file : `${count(all.length, 'article')} such as ${first.file}`;
    const message = `the id of ${which} is made from the file's name and changes with it; ${remedy(first.file)}`;
    return [{ file: fileOf(all), line: 1, column: 1, severity: 'warning', code: 'unfixed-id', message }];
  };
  const setIdFirst =
    site.id === defaultTagBase ? '; if nothing is published yet, set "id" in the publication file first' : '';
  return [
    ...warn(single, () => `"dateline check --fix" writes it into the file${setIdFirst}`),
    ...warn(
      linked,
      (file) =>
        `${file} and ${otherName(file)} are linked and the same file, which cannot hold the ids of two articles; delete one of the two, or make it a copy`,
    ),
  ];
}

/**
 * Writes the current id of an article into its file, if it states none. `problems` are those of the folder: if only the
 * order of paths gave an article its alternative address, that is written, too.
 */
export function fixIds(problems: readonly Problem[]): Fix {
  const tied = new Set(problems.flatMap(({ code, file }) => (code === 'tied-name' ? [file] : [])));
  return {
    done: () => 'wrote its id',
    isNeeded: ({ file, isIdWritten, source, withLongSlug }) =>
      !isIdWritten || (tied.has(file) && source.head.slug === withLongSlug?.head.slug),
    attempts: ({ text, parsed }, { source }) => {
      const { id, slug } = source.head;
      const isElsewhere = parsed.source?.head.slug !== slug;
      if (parsed.isIdWritten === true) return isElsewhere ? addKeys(text, { slug }) : [];
      const ids = placesForId(text, id).map((edit) => [edit]);
      // An article at its alternative address keeps that, too, when the other article is gone.
      return isElsewhere ? [...addKeys(text, { id, slug }), ...ids] : ids;
    },
    isDone: (_, { parsed }) => parsed.isIdWritten === true,
    failed: ({ source, isIdWritten }) =>
      isIdWritten
        ? `the slug ${source.head.slug} does not fit anywhere in the file; write "slug" in front matter`
        : `the id does not fit anywhere in the file; write "id" in front matter, or a paragraph "Id: <${source.head.id}>"`,
  };
}

/** Writes published ids into the files of their articles. `ids` holds them by file. */
export function fixPublishedIds(ids: ReadonlyMap<string, string>, site: Site): Fix {
  const idOf = ({ file }: SeedArticle): string => ids.get(file) ?? '';
  return {
    done: () => 'wrote the published id',
    isNeeded: ({ file }) => ids.has(file),
    attempts: ({ text, article }, candidate) =>
      // Nothing is left to do if it already has the id.
      article === withId(candidate, idOf(candidate), site)
        ? []
        : placesForId(text, idOf(candidate)).map((edit) => [edit]),
    isDone: () => true,
    becomes: (candidate) => withId(candidate, idOf(candidate), site),
    failed: (candidate) => {
      const id = idOf(candidate);
      const line = isAbsoluteIri(id) ? `, or a paragraph "${idLine(id)}"` : '';
      return `the published id does not fit anywhere in the file; write "id" in front matter${line}`;
    },
  };
}

function withId({ source }: SeedArticle, written: string, site: Site): string {
  const article = (): Article => {
    const { id: _, plainId: __, ...rest } = source.article();
    return isAbsoluteIri(written)
      ? { id: written, ...rest }
      : { id: mintId(site.id, mintSuffix(written)), plainId: written, ...rest };
  };
  return published({ ...source, article });
}
