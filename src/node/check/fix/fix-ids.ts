import type { Article } from '../../../article/article.ts';
import type { Problem } from '../../../article/problem.ts';
import { idLine, isAbsoluteIri, mintedPart } from '../../../article/seed/seed-id.ts';
import { defaultTagBase, mintId } from '../../../publication/identity.ts';
import type { Site } from '../../../publication/site.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { SeedArticle } from '../../folder/unique-articles.ts';
import { count } from '../../terminal/report.ts';
import type { Fix } from './fix.ts';
import { placesForId } from './place-for-id.ts';
import { published } from './rewrite.ts';

/**
 * Warns once of all articles whose ids hang on the names of their files, in the file that `fileOf` gives; and once of those
 * whose file is another's, too, as `twinOf` knows, in which no id can be written.
 */
export function unfixedIds(
  { articles, site }: Pick<FolderSnapshot, 'articles' | 'site'>,
  twinOf: (file: string) => string | undefined,
  fileOf: (unfixed: readonly SeedArticle[]) => string,
): readonly Problem[] {
  const unfixed = articles.filter(({ isIdWritten }) => !isIdWritten);
  const single = unfixed.filter(({ file }) => twinOf(file) === undefined);
  const shared = unfixed.filter(({ file }) => twinOf(file) !== undefined);
  const warn = (of: readonly SeedArticle[], remedy: (first: string) => string): readonly Problem[] => {
    const [first] = of;
    if (first === undefined) return [];
    const which = of.length === 1 ? first.file : `${count(of.length, 'article')} such as ${first.file}`;
    const message = `the id of ${which} is made of the file's name and changes when that does; ${remedy(first.file)}`;
    return [{ file: fileOf(of), line: 1, column: 1, severity: 'warning', code: 'unfixed-id', message }];
  };
  const unsettled =
    site.id === defaultTagBase
      ? '; where nothing is published yet, set "id" in the publication file first'
      : '';
  return [
    ...warn(single, () => `"dateline check --fix" writes it into the file${unsettled}`),
    ...warn(
      shared,
      (file) =>
        `${file} and ${twinOf(file)} are one file, linked, in which no id can be written for two articles; delete one of the two, or make it a copy`,
    ),
  ];
}

/** Writes into a file that doesn't say its id the one that its article has now. */
export const fixId: Fix = {
  done: () => 'wrote its id',
  isNeeded: ({ isIdWritten }) => !isIdWritten,
  attempts: ({ text, parsed }, { source }) =>
    parsed.isIdWritten === true ? [] : placesForId(text, source.head.id).map((edit) => [edit]),
  isDone: (_, { parsed }) => parsed.isIdWritten === true,
  failed: ({ source }) =>
    `there is no place for the id; write "id" in front matter, or a paragraph "Id: <${source.head.id}>"`,
};

/** Writes into a file the id under which its article is published; `certain` has them by file. */
export function fixPublishedIds(certain: ReadonlyMap<string, string>, site: Site): Fix {
  const idOf = ({ file }: SeedArticle): string => certain.get(file) ?? '';
  return {
    done: () => 'wrote the id that is published',
    isNeeded: ({ file }) => certain.has(file),
    attempts: ({ text, article }, candidate) =>
      // It has the id by now.
      article === withId(candidate, idOf(candidate), site)
        ? []
        : placesForId(text, idOf(candidate)).map((edit) => [edit]),
    isDone: () => true,
    becomes: (candidate) => withId(candidate, idOf(candidate), site),
    failed: (candidate) => {
      const id = idOf(candidate);
      const line = isAbsoluteIri(id) ? `, or a paragraph "${idLine(id)}"` : '';
      return `there is no place for the id that is published; write "id" in front matter${line}`;
    },
  };
}

function withId({ source }: SeedArticle, written: string, site: Site): string {
  const article = (): Article => {
    const { id: _, plainId: __, ...rest } = source.article();
    return isAbsoluteIri(written)
      ? { id: written, ...rest }
      : { id: mintId(site.id, mintedPart(written)), plainId: written, ...rest };
  };
  return published({ ...source, article });
}
