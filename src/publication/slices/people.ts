import type { Article } from '../../article/article.ts';
import type { Author } from '../../article/author.ts';
import type { Site } from '../site/site.ts';
import { authorsOf, type Slice, sliceSlug } from './slice.ts';

/** Returns what is known about the author of a slice, from the publication and the newest of some articles by them. */
export function authorOfSlice(
  { kind, slug, label }: Slice,
  site: Pick<Site, 'authors' | 'people'>,
  articles: readonly Article[],
): Author | undefined {
  if (kind !== 'author') return undefined;
  const isAuthor = ({ name }: Author): boolean => sliceSlug(name) === slug;
  const { key: _, ...person } = site.people?.find(isAuthor) ?? { key: undefined };
  const written = articles.flatMap((article) => authorsOf(article, site)).find(isAuthor);
  return { ...person, ...written, name: label };
}
