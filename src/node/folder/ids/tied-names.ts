import type { Problem } from '../../../article/problem.ts';
import { articlePath } from '../../../publication/addresses/address.ts';
import type { SeedArticle } from '../seeds/seed-article.ts';

/**
 * Warns of articles that share a name and a date if neither the ledger nor an id in one of the files decides which of
 * them readers know by that name. The language of the site and their paths then decide, which a file that is added
 * later could change. `kept` returns what a file publishes.
 */
export function tiedNames(
  all: readonly SeedArticle[],
  published: (file: string) => SeedArticle | undefined,
  kept: (file: string) => SeedArticle | undefined,
  language: string,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [slug, group] of Map.groupBy(all, ({ source }) => source.head.slug)) {
    if (group.length === 1 || group.some(({ file }) => published(file)?.source.head.slug === slug)) continue;
    const contenders = group.filter(({ file }) => published(file) === undefined && kept(file) !== undefined);
    const date = contenders.map(dateOf).toSorted()[0];
    const tied = contenders.filter((one) => dateOf(one) === date);
    if (tied.length < 2 || isIdTaken(tied)) continue;
    const holder = tied.find(({ file }) => kept(file)?.source.head.slug === slug);
    const isNearest = holder !== undefined && tied.every((one) => one === holder || isNearer(holder, one, language));
    const decided = isNearest ? 'in the language of the site' : 'first in the order of their paths';
    for (const { file } of tied) {
      const others = tied.map((one) => one.file).filter((one) => one !== file);
      problems.push(tie(file, others, `/${articlePath(slug)}`, `${holder?.file} has it as the one ${decided}`));
    }
  }
  return problems;
}

function tie(file: string, [other = '', ...more]: readonly string[], address: string, decision: string): Problem {
  const which = more.length === 0 ? other : `${other} and ${more.length} more`;
  const message = `${which} has the same date and the same address, ${address}; ${decision}; without a ledger, a file added later could take it over; "dateline check --fix-ids" writes an id and a slug into each`;
  return { file, line: 1, column: 1, severity: 'warning', code: 'tied-name', message, other };
}

function isNearer(one: SeedArticle, two: SeedArticle, language: string): boolean {
  return foreignness(one, language) < foreignness(two, language);
}

/** Returns 0 for an article in the language of the site, 1 for a relative such as `pt` beside `pt-BR`, 2 for others. */
export function foreignness({ source }: SeedArticle, language: string): number {
  const { language: own = language } = source.head;
  if (own.toLowerCase() === language.toLowerCase()) return 0;
  const [primary, ownPrimary] = [language, own].map((tag) => tag.replace(/-.*$/, '').toLowerCase());
  return primary === ownPrimary ? 1 : 2;
}

/** Reports whether one article states the id that the others would get from their name: it was published first. */
function isIdTaken(articles: readonly SeedArticle[]): boolean {
  const [first, ...more] = articles.filter(({ isIdWritten }) => isIdWritten);
  return more.length === 0 && articles.every(({ source }) => source.head.id === first?.source.head.id);
}

function dateOf({ source }: SeedArticle): string {
  return source.head.published;
}
