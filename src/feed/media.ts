import type { Article, Enclosure, Picture } from '../article/article.ts';
import { isRecording, mediaTypeOf } from '../article/media-types.ts';

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
  return main !== undefined && isRecording(main) ? main : undefined;
}

/** Lists the enclosures for which RSS has no `<enclosure>`, each address once and without that of the picture. */
export function otherEnclosures({ enclosures, image }: Pick<Article, 'enclosures' | 'image'>): readonly Enclosure[] {
  const listed = new Set([mainEnclosure(enclosures)?.url, image?.url]);
  return enclosures.filter(({ url }) => !listed.has(url) && listed.add(url));
}

/**
 * Reports whether two enclosures can be one recording in two forms: audio or video, and equally long if that is known.
 */
export function isSameRecording(one: Enclosure, other: Enclosure): boolean {
  if (!isRecording(one) || !isRecording(other)) return false;
  const [a, b] = [one.duration ?? other.duration ?? 0, other.duration ?? one.duration ?? 0];
  // An intro or an advertisement may be left out of a form.
  return Math.abs(a - b) <= Math.max(a, b) / 10;
}

/** The media type of a picture: as stated, else by the extension of its address. */
export function pictureType({ url, type }: Picture): string | undefined {
  const guess = mediaTypeOf(new URL(url).pathname);
  return type ?? (guess !== undefined && webPicture.test(guess) ? guess : undefined);
}

const webPicture = /^image\/(?:avif|gif|jpeg|png|svg\+xml|webp)$/;
