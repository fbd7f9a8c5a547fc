import type { Article, Enclosure, Picture } from '../article/article.ts';
import { mediaTypeOf } from '../article/media-types.ts';

/** Picks the one enclosure that RSS allows: the first audio file, else the first video, else the first file. */
export function mainEnclosure(enclosures: readonly Enclosure[]): Enclosure | undefined {
  return (
    enclosures.find(({ type }) => /^audio\//i.test(type)) ??
    enclosures.find(({ type }) => /^video\//i.test(type)) ??
    enclosures[0]
  );
}

/** Returns the audio or video file that makes an article an episode, if it has one. */
export function recording({ enclosures }: Pick<Article, 'enclosures'>): Enclosure | undefined {
  const main = mainEnclosure(enclosures);
  return main !== undefined && /^(?:audio|video)\//i.test(main.type) ? main : undefined;
}

/** The media type of a picture: as stated, else by the extension of its address. */
export function pictureType({ url, type }: Picture): string | undefined {
  const guess = mediaTypeOf(new URL(url).pathname);
  return type ?? (guess !== undefined && webPicture.test(guess) ? guess : undefined);
}

const webPicture = /^image\/(?:avif|gif|jpeg|png|svg\+xml|webp)$/;
