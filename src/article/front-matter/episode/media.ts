import type { Enclosure, NamedFile, Picture } from '../../article.ts';
import { plainText } from '../../body/content.ts';
import { secondsOf } from '../../duration.ts';
import type { Episode } from '../../media/episode.ts';
import { typeOfFile } from '../../media-types.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import type { PlaceOf } from '../../place.ts';
import { oneLine } from '../../plain-text.ts';
import type { Report } from '../../problem.ts';
import { count, type FileBase, keyReader, languageTag, locate, reportWrong, text, textInside } from '../syntax/read.ts';
import { allUnder, firstInside, firstUnder, itemsOf, type Table, type Value } from '../syntax/value.ts';
import { enclosuresIn } from './enclosure-lines.ts';
import { readEpisode } from './episode.ts';

/** Reads the files that belong to an article; without front matter there are none. */
export function readFiles(
  table: Table | undefined,
  base: FileBase,
  report: Report,
): { readonly enclosures: readonly Enclosure[]; readonly image?: Picture; readonly episode?: Episode } {
  if (table === undefined) return { enclosures: [] };
  const enclosures = readEnclosures(table, base, report);
  const image = readPicture(table, base, report);
  // Without a recording, keys such as "season" and "people" can mean anything.
  const episode = enclosures.length === 0 ? undefined : readEpisode(table, base, report);
  return omitUndefined({ enclosures, image, episode });
}

/** The keys that hold the picture of an article. */
const pictureNames = (
  'image images cover cover_image featured_image feature_image thumbnail hero_image hero og_image ' +
  'banner extra.image extra.cover extra.cover_image extra.thumbnail'
).split(' ');

const enclosureNames = ['enclosure', 'enclosures'];

const altNames = ['alt', 'alt_text', 'description'];

/** Reads the picture of an article: an address, a map of `url`, `alt` and `caption`, or a list of these. */
function readPicture(table: Table, base: FileBase, report: Report): Picture | undefined {
  for (const value of allUnder(table, pictureNames).flatMap((value) => itemsOf(value)[0] ?? [])) {
    const inner = addressIn(value);
    // A map without an address is not a missing picture either.
    if (inner?.kind !== 'scalar' || themeSwitch.test(inner.text)) continue;
    const found = locate(inner, base);
    if (found === undefined) {
      reportWrong(report, 'image', expectsFile, inner);
      continue;
    }
    const { url, file } = found;
    const type = file?.type ?? typeOfFile(url);
    const { width, height } = file ?? {};
    const alt = words(value, altNames);
    const caption = words(value, ['caption', 'title', 'credit']);
    return omitUndefined({ url, type, width, height, alt, caption });
  }
  return undefined;
}

/** Reads enclosures, each an address or a map of `url`, `type`, `length`, `title` and `duration`; each file once. */
function readEnclosures(table: Table, base: FileBase, report: Report): Enclosure[] {
  const found = allUnder(table, enclosureNames).flatMap(enclosuresIn);
  const whole = firstUnder(table, ['duration', 'itunes_duration']);
  const all = found.flatMap(
    (value, index) => readEnclosure(value, index === 0 ? whole : undefined, base, report) ?? [],
  );
  return all.filter(({ url }, index) => all.findIndex((one) => one.url === url) === index);
}

function readEnclosure(value: Value, whole: Value | undefined, base: FileBase, report: Report): Enclosure | undefined {
  const address = addressIn(value);
  const found = address === undefined ? undefined : locate(address, base);
  if (found === undefined) {
    reportWrong(report, 'enclosure', expectsFile, address ?? value);
    return undefined;
  }
  const read = keyReader(value, report);
  const { url, file } = found;
  const type =
    read(['type', 'mime_type', 'mime'], 'a media type such as audio/mpeg', mediaType) ?? file?.type ?? typeOfFile(url);
  const length = file?.length ?? read(['length', 'size', 'bytes'], 'a number of bytes', count);
  const title = read(['title', 'name'], 'text', text);
  const duration = read(['duration'], expectsDuration, seconds) ?? (whole === undefined ? undefined : seconds(whole));
  if (whole !== undefined && duration === undefined) reportWrong(report, 'duration', expectsDuration, whole);
  const bitrate = read(['bitrate'], 'bits per second', count);
  const width = read(['width'], 'a number of pixels', count);
  const height = read(['height'], 'a number of pixels', count);
  const language = read(['language', 'lang'], 'a language tag such as en or pt-BR', languageTag);
  const codecs = read(['codecs'], 'text', text);
  const form = { bitrate, width, height, language, codecs };
  return omitUndefined({ url, type: type ?? 'application/octet-stream', length, title, duration, ...form });
}

/** Lists the picture and the enclosures in front matter with their addresses as written. */
export function namedFiles(table: Table, base: FileBase, placeOf: PlaceOf): readonly NamedFile[] {
  const read = (kind: NamedFile['kind'], value: Value): NamedFile[] => {
    const inner = addressIn(value);
    const address = inner?.kind === 'scalar' ? text(inner) : undefined;
    if (inner === undefined || address === undefined || themeSwitch.test(address)) return [];
    const hasAlt = firstInside(value, altNames) !== undefined;
    return [omitUndefined({ kind, address, url: locate(inner, base)?.url, hasAlt, place: placeOf(inner.at) })];
  };
  const pictures = allUnder(table, pictureNames).flatMap((value) => itemsOf(value)[0] ?? []);
  const enclosures = allUnder(table, enclosureNames).flatMap(enclosuresIn);
  return [
    ...pictures.flatMap((value) => read('image', value)).slice(0, 1),
    ...enclosures.flatMap((value) => read('enclosure', value)),
  ];
}

/** A switch of a theme, such as "cover: true", which is not an address. */
const themeSwitch = /^(?:true|false|none)$/i;

/** The keys of a map that hold an address. */
const fileNames = 'url src image file path filename href uri feature link source'.split(' ');

function addressIn(value: Value): Value | undefined {
  return value.kind === 'table' ? firstUnder(value, fileNames) : value;
}

const expectsFile = 'an address, or the path of a file beside the article';
const expectsDuration = 'seconds, or hours, minutes and seconds as in 1:02:03';

function words(value: Value, names: readonly string[]): string | undefined {
  return oneLine(plainText(textInside(value, names) ?? '')) || undefined;
}

function mediaType(value: Value): string | undefined {
  const type = text(value)?.toLowerCase();
  return type !== undefined && /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(type) ? type : undefined;
}

function seconds(value: Value): number | undefined {
  return secondsOf(text(value) ?? '');
}
