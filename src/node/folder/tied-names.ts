import type { Problem } from '../../article/problem.ts';
import { articlePath } from '../../publication/address.ts';
import type { SeedArticle } from './seed-article.ts';

/**
 * Finds articles that share a name and a date. Nothing records which of them readers know, and a guess could give the
 * id of one to the other. An id written in one of the files decides. A published article keeps its name, and the others
 * wait.
 */
export function findTiedNames(
  all: readonly SeedArticle[],
  published: (file: string) => SeedArticle | undefined,
): ReadonlyMap<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const [slug, group] of Map.groupBy(all, ({ source }) => source.head.slug)) {
    const contenders = group.filter(({ file }) => published(file) === undefined);
    if (group.length === 1 || contenders.length === 0) continue;
    const holder = group.find(({ file }) => published(file)?.source.head.slug === slug);
    const date = holder === undefined ? earliest(contenders) : dateOf(holder);
    const tied = contenders.filter((one) => dateOf(one) === date);
    if (holder === undefined && tied.length === 1) continue;
    if (isIdTaken([...(holder === undefined ? [] : [holder]), ...tied])) continue;
    const remedy = tied.some(({ withLongSlug }) => withLongSlug !== undefined)
      ? '"dateline check --fix-ids" writes an id and a slug of its own into each, or rename one of the files'
      : 'rename one of the files';
    for (const { file } of tied) {
      const others = [holder, ...tied].flatMap((one) => (one === undefined || one.file === file ? [] : [one.file]));
      problems.set(file, tie(file, others, slug, remedy));
    }
  }
  return problems;
}

function tie(file: string, [other = '', ...more]: readonly string[], slug: string, remedy: string): Problem {
  const which = more.length === 0 ? other : `${other} and ${more.length} more`;
  const message = `${which} has the same date and the same address, /${articlePath(slug)}, so neither is sure to keep its id; ${remedy}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'tied-name', message, other };
}

/** Reports whether one article states the id that the others would get from their name: it was published first. */
function isIdTaken(articles: readonly SeedArticle[]): boolean {
  const [first, ...more] = articles.filter(({ isIdWritten }) => isIdWritten);
  return more.length === 0 && articles.every(({ source }) => source.head.id === first?.source.head.id);
}

/** Returns those of the waiting articles that have a free name: their long one, or the short one if no other needs it. */
export function withFreeNames(waiting: readonly SeedArticle[], all: readonly SeedArticle[]): readonly SeedArticle[] {
  return waiting.flatMap((article) => {
    const { withLongSlug, source } = article;
    if (withLongSlug !== undefined) return { ...article, source: withLongSlug };
    const rivals = all.filter((one) => one.source.head.slug === source.head.slug && one.withLongSlug === undefined);
    return rivals.length === 1 ? article : [];
  });
}

function earliest(articles: readonly SeedArticle[]): string {
  return articles.map(dateOf).toSorted()[0] ?? '';
}

function dateOf({ source }: SeedArticle): string {
  return source.head.published;
}
