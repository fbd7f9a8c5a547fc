import type { Problem } from '../../../article/problem.ts';
import { articlePath } from '../../../publication/address.ts';
import type { SeedArticle } from '../seeds/seed-article.ts';

/**
 * Warns of articles that share a name and a date if neither the ledger nor an id in one of the files decides which of
 * them readers know by that name. Their paths then decide, which a file that is added later could change.
 */
export function tiedNames(
  all: readonly SeedArticle[],
  published: (file: string) => SeedArticle | undefined,
  isUnique: (file: string) => boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [slug, group] of Map.groupBy(all, ({ source }) => source.head.slug)) {
    if (group.length === 1 || group.some(({ file }) => published(file)?.source.head.slug === slug)) continue;
    const contenders = group.filter(({ file }) => published(file) === undefined && isUnique(file));
    const date = contenders.map(dateOf).toSorted()[0];
    const tied = contenders.filter((one) => dateOf(one) === date);
    if (tied.length < 2 || isIdTaken(tied)) continue;
    for (const { file } of tied)
      problems.push(
        tie(
          file,
          tied.map((one) => one.file).filter((one) => one !== file),
          slug,
        ),
      );
  }
  return problems;
}

function tie(file: string, [other = '', ...more]: readonly string[], slug: string): Problem {
  const which = more.length === 0 ? other : `${other} and ${more.length} more`;
  const message = `${which} has the same date and the same address, /${articlePath(slug)}, so the order of their paths decided which has it; where nothing remembers that, a file added later could take it over; "dateline check --fix-ids" writes an id and a slug of its own into each`;
  return { file, line: 1, column: 1, severity: 'warning', code: 'tied-name', message, other };
}

/** Reports whether one article states the id that the others would get from their name: it was published first. */
function isIdTaken(articles: readonly SeedArticle[]): boolean {
  const [first, ...more] = articles.filter(({ isIdWritten }) => isIdWritten);
  return more.length === 0 && articles.every(({ source }) => source.head.id === first?.source.head.id);
}

function dateOf({ source }: SeedArticle): string {
  return source.head.published;
}
