import { extname } from 'node:path/posix';
import type { Enclosure, Place } from '../../../article/article.ts';
import { quote } from '../../../article/problem.ts';
import { decodePercent } from '../../../article/web-address.ts';
import { mainEnclosure, recording } from '../../../feed/media.ts';
import { artworkSides } from './artwork.ts';
import type { Finding, LintedArticle } from './linted-article.ts';

/** Apple's "Podcast RSS feed requirements": the types of the files that it plays, by the endings of their addresses. */
const playable: Readonly<Record<string, readonly string[]>> = {
  '.mp3': ['audio/mpeg'],
  '.m4a': ['audio/x-m4a', 'audio/mp4'],
  '.mp4': ['video/mp4', 'audio/mp4'],
  '.m4v': ['video/x-m4v', 'video/mp4'],
  '.mov': ['video/quicktime'],
};

/** Finds addresses of enclosures that directories or apps refuse. */
export function enclosureAddress(article: LintedArticle): readonly Finding[] {
  const { site, written } = article;
  if (site.podcast === undefined) return [];
  const main = mainEnclosure(written.media.enclosures);
  return written.media.enclosures.flatMap((file) => {
    const fault = addressFault(file, file === main, site.url);
    return fault === undefined ? [] : [{ place: placeOf(article, file.url), message: fault }];
  });
}

function addressFault({ url }: Enclosure, isMain: boolean, siteUrl: string): string | undefined {
  if (/^http:/i.test(url) && !url.startsWith(siteUrl))
    return `${quote(url)} begins with http:, which Apple advises against and apps refuse to play; write https: if the host answers there`;
  // "Use only ASCII file names and URLs": other letters, and spaces, are escaped.
  if (isMain && /%(?:20|[89a-f][\da-f])/i.test(url))
    return `the address ${quote(decodePercent(url))} has letters that Apple does not take; name the file with a to z, 0 to 9 and hyphens`;
  return undefined;
}

/** Finds an enclosure whose length is unknown. RSS 2.0 requires it, as do directories; without it, it is 0. */
export function enclosureLength(article: LintedArticle): readonly Finding[] {
  const file = episodeFile(article);
  if (file === undefined || (file.length ?? 0) > 0) return [];
  const message = `the length of ${quote(file.url)} is unknown, so RSS says 0 bytes, which directories refuse; write a map with "url" and "length" in bytes`;
  return [{ place: placeOf(article, file.url), message }];
}

/** Finds an enclosure that Apple Podcasts would not play, by the ending of its address or by its type. */
export function enclosureType(article: LintedArticle): readonly Finding[] {
  const file = episodeFile(article);
  if (file === undefined) return [];
  const ending = extname(new URL(file.url).pathname).toLowerCase();
  const types = Object.hasOwn(playable, ending) ? playable[ending] : undefined;
  if (types?.includes(file.type.toLowerCase())) return [];
  const message =
    types === undefined
      ? `Apple Podcasts plays files that end in ${Object.keys(playable).join(', ')}, not ${quote(ending || file.url)}; list such a file first`
      : `the type ${quote(file.type)} does not fit the ending ${ending}; write "type: ${types[0]}"`;
  return [{ place: placeOf(article, file.url), message }];
}

/** Finds an episode without a number that has one in its title, or needs one because the podcast is serial. */
export function episodeNumber(article: LintedArticle): readonly Finding[] {
  const { head, written, site } = article;
  const file = episodeFile(article);
  const { number, kind = 'full' } = written.media.episode ?? {};
  if (file === undefined || number !== undefined || kind !== 'full') return [];
  const [, season, ...numbers] = numberInTitle.exec(head.title) ?? [];
  const stated = numbers.find((one) => one !== undefined);
  if (stated !== undefined) {
    const keys = `${season === undefined ? '' : `season: ${Number(season)} and `}episode: ${Number(stated)}`;
    const message = `the title begins with the number of the episode, which apps take from its own key; write ${keys} in front matter, and a title without it`;
    return [{ place: written.titlePlace, message }];
  }
  if (site.podcast?.type !== 'serial') return [];
  const message = 'in a serial podcast, Apple requires a number for each full episode; write "episode" in front matter';
  return [{ place: placeOf(article, file.url), message }];
}

/** `S2 E3`, `Ep. 3`, `Episode 3` or `#3` at the beginning. */
const numberInTitle = /^(?:s(\d{1,3})[\s·:,-]*e(\d{1,5})|ep(?:isode)?\.?\s*#?(\d{1,5})|#(\d{1,5}))\b/i;

/** Finds square pictures of episodes, which become their artwork, in sizes that Apple does not take. */
export function episodeArtwork(article: LintedArticle): readonly Finding[] {
  const { image } = article.written.media;
  if (episodeFile(article) === undefined || image?.width === undefined || image.width !== image.height) return [];
  if (!/^image\/(?:jpeg|png)$/.test(image.type ?? '')) return [];
  const [least, most] = artworkSides;
  if (image.width >= least && image.width <= most) return [];
  const message = `the artwork of the episode is ${image.width} × ${image.width} pixels; Apple takes ${least} to ${most} pixels`;
  return [{ place: placeOf(article, image.url), message }];
}

/** Returns the recording of an article of a podcast. */
export function episodeFile({ site, written }: Pick<LintedArticle, 'site' | 'written'>): Enclosure | undefined {
  return site.podcast === undefined ? undefined : recording(written.media);
}

/** Returns where front matter names a file. */
export function placeOf({ written }: Pick<LintedArticle, 'written'>, url: string): Place {
  return written.files.find((file) => file.url === url)?.place ?? written.titlePlace;
}
