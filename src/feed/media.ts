import type { Article, Enclosure, Picture } from '../article/article.ts';

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
  const extension = /\.(\w+)$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  return type ?? (Object.hasOwn(pictureTypes, extension) ? pictureTypes[extension] : undefined);
}

const pictureTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};
