import { secondsOf } from '../../duration.ts';
import type { Chapter, Episode } from '../../media/episode.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import type { Report } from '../../problem.ts';
import { type FileBase, keyReader, locate, reportWrong, text, textInside, webAddress } from '../syntax/read.ts';
import { firstInside, type Value } from '../syntax/value.ts';

/** Reads chapters: a list, or a file of them (Podcasting 2.0, `podcast:chapters`). */
export function readChapters(
  value: Value | undefined,
  base: FileBase,
  report: Report,
): Pick<Episode, 'chapters' | 'chaptersFile'> {
  if (value === undefined) return {};
  if (value.kind === 'list') {
    const chapters = value.items
      .flatMap((item) => readChapter(item, base, report) ?? [])
      .toSorted((a, b) => a.start - b.start);
    return chapters.length === 0 ? {} : { chapters };
  }
  const found = locate(value, base);
  if (found === undefined) {
    reportWrong(report, 'chapters', 'a list of chapters, or the address of a file of them', value);
    return {};
  }
  return { chaptersFile: { url: found.url, type: chaptersType } };
}

/** JSON Chapters Format 1.2. */
const chaptersType = 'application/json+chapters';

/** Reads a chapter: `1:02:03 Title`, or a map of start, title, url and image. */
function readChapter(value: Value, base: FileBase, report: Report): Chapter | undefined {
  const [, written, rest] = /^(\d[\d:.]*)\s+(?:[-–—]\s+)?(\S.*)$/.exec(text(value) ?? '') ?? [];
  const start = secondsOf(written ?? textOf(value, ['start', 'start_time', 'time']));
  const title = rest ?? textInside(value, ['title', 'name']);
  if (start === undefined || title === undefined) {
    reportWrong(report, 'chapters', 'a chapter such as "1:02 Title", or a map of start, title, url and image', value);
    return undefined;
  }
  const read = keyReader(value, report);
  return omitUndefined({
    start,
    title,
    url: read(['url', 'href', 'link'], 'an absolute address', webAddress),
    image: read(['image', 'img'], 'the address of a picture', (picture) => locate(picture, base)?.url),
  });
}

function textOf(value: Value, names: readonly string[]): string {
  const found = firstInside(value, names);
  return (found && text(found)) ?? '';
}
