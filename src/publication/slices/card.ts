import type { Article, Picture } from '../../article/article.ts';
import type { Site } from '../site/site.ts';
import { fnv1a } from './slice.ts';

/** The folder of the addresses of preview cards. */
export const cardFolder = 'cards';

/** Pixels, as Open Graph and X show large pictures. */
export const cardSize = { width: 1200, height: 630 } as const;

/**
 * The path of the picture that link previews show of an article without one; `undefined` if it has none. The headline
 * is part of the name: services fetch a picture once, and nobody finds the card of an article that is not due by its
 * address.
 */
export function cardPath(
  { slug, title, image }: Pick<Article, 'slug' | 'title' | 'image'>,
  site: Site,
): string | undefined {
  if (site.cards !== true || image !== undefined) return undefined;
  const version = fnv1a(`${title}\n${site.title}\n${site.color?.light}`).toString(36);
  return `${cardFolder}/${encodeURIComponent(slug)}-${version}.png`;
}

/** Returns the slug in the path of a card. */
export function readCardPath(path: string): string | undefined {
  return /^cards\/(.+)-[\da-z]{1,7}\.png$/s.exec(path)?.[1];
}

/** The picture that link previews show of an article: its own, or else its card. */
export function previewPicture(article: Article, site: Site): Picture | undefined {
  const path = cardPath(article, site);
  if (path === undefined) return article.image;
  return { url: new URL(path, site.url).href, type: 'image/png', ...cardSize, alt: article.title };
}
