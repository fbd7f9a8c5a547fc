import type { Article, Enclosure, Picture } from '../article/article.ts';
import { mediaTypeOf } from '../article/media-types.ts';

/** Picks the one enclosure that RSS shows: the first recording of sound, else the first film, else the first file. */
export function mainEnclosure(enclosures: readonly Enclosure[]): Enclosure | undefined {
  return (
    enclosures.find(({ type }) => /^audio\//i.test(type)) ??
    enclosures.find(({ type }) => /^video\//i.test(type)) ??
    enclosures[0]
  );
}

/** The enclosure that makes an article an episode, if it has one. */
export function recording({ enclosures }: Pick<Article, 'enclosures'>): Enclosure | undefined {
  const main = mainEnclosure(enclosures);
  return main !== undefined && /^(?:audio|video)\//i.test(main.type) ? main : undefined;
}

/** The media type of a picture: what is known of it, else what the end of its address says. */
export function pictureType({ url, type }: Picture): string | undefined {
  const guess = mediaTypeOf(new URL(url).pathname);
  return type ?? (guess?.startsWith('image/') ? guess : undefined);
}
