import { oneLine } from '../../../article/plain-text.ts';
import type { ParsedFeed } from '../../published/parse-feed.ts';
import { textOfHtml } from './html-text.ts';
import { looseSummary, looseText } from './import-facts.ts';
import type { ImportedFile, ImportedPicture, WrittenText } from './imported-item.ts';

type Item = NonNullable<Extract<ParsedFeed, { readonly format: 'rss' }>['feed']['items']>[number];
type Media = Item['media'];
type Written = {
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  readonly length?: number | undefined;
  readonly title?: string | undefined;
};

/** Gives a summary that says what the content doesn't begin with anyway, as one that was cut out of it does. */
export function besideContent(summary: string, content: WrittenText): string | undefined {
  if (summary === '') return undefined;
  const words = summary.replace(/\s*(?:\[?(?:…|\.\.\.)\]?|(?:Continue reading|Read more)\b.*)\s*$/i, '');
  const text = content.kind === 'text' ? oneLine(content.text) : textOfHtml(content.text);
  return text.replaceAll(' ', '').startsWith(words.replaceAll(' ', '')) ? undefined : summary;
}

/** Gathers enclosures and, of Media RSS, what plays; how long it plays is said of the first. */
export function filesOf(
  enclosures: readonly Written[],
  duration: number | undefined,
  media: Media,
): readonly ImportedFile[] {
  const played = contentsOf(media)
    .filter(({ type, medium }) => /^(?:audio|video)/.test(medium ?? type ?? ''))
    .map(({ fileSize, title, ...rest }) => ({
      ...rest,
      length: fileSize,
      title: looseText(title?.value) || undefined,
    }));
  const byUrl = new Map<string, ImportedFile>();
  for (const file of [...enclosures, ...played]) {
    const { url, type, length, title } = file;
    const seconds = 'duration' in file ? (file.duration as number | undefined) : undefined;
    const plays = seconds ?? (byUrl.size === 0 ? duration : undefined);
    if (url === undefined || url.trim() === '' || byUrl.has(url)) continue;
    byUrl.set(url, {
      url,
      ...(type === undefined ? {} : { type }),
      ...(length === undefined ? {} : { length }),
      ...(title === undefined ? {} : { title }),
      ...(plays === undefined ? {} : { duration: Math.round(plays) }),
    });
  }
  return [...byUrl.values()];
}

/** The picture that stands for an item: that of Media RSS, which has words with it, else that of a podcast's episode. */
export function pictureOf(episode: string | undefined, media: Media): ImportedPicture | undefined {
  const shown = contentsOf(media).find(({ type, medium }) => /^image/.test(medium ?? type ?? ''));
  const [thumbnail] = media?.thumbnails ?? media?.groups?.[0]?.thumbnails ?? [];
  const url = shown?.url ?? episode ?? thumbnail?.url;
  if (url === undefined) return undefined;
  const alt = looseText((shown?.texts ?? media?.texts)?.[0]?.value);
  const caption = looseSummary((shown?.description ?? (shown && media?.description))?.value);
  return { url, ...(alt === '' ? {} : { alt }), ...(caption === '' ? {} : { caption }) };
}

function contentsOf(media: Media) {
  return [...(media?.contents ?? []), ...(media?.groups ?? []).flatMap(({ contents = [] }) => contents)];
}
