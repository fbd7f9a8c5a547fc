import { oneLine } from '../../../article/plain-text.ts';
import type { RssItem } from './feed-values.ts';
import { plainLine, plainSummary, textOfHtml } from './html-text.ts';
import type { ImportedFile, ImportedPicture, ItemContent } from './imported-item.ts';

type Media = RssItem['media'];
type WrittenFile = { readonly [Key in keyof ImportedFile]?: ImportedFile[Key] | undefined };

/** Drops a summary that only repeats the beginning of the content. */
export function distinctSummary(summary: string, content: ItemContent): string | undefined {
  if (summary === '') return undefined;
  const words = summary.replace(/\s*(?:\[?(?:…|\.\.\.)\]?|(?:Continue reading|Read more)\b.*)\s*$/i, '');
  const text = content.kind === 'text' ? oneLine(content.text) : textOfHtml(content.text);
  return text.replaceAll(' ', '').startsWith(words.replaceAll(' ', '')) ? undefined : summary;
}

/** Lists enclosures and the recordings of Media RSS, each address once. `duration` applies to the first. */
export function mediaFiles(
  enclosures: readonly WrittenFile[],
  duration: number | undefined,
  media: Media,
): readonly ImportedFile[] {
  const recordings = contentsOf(media)
    .filter(({ type, medium }) => /^(?:audio|video)/.test(medium ?? type ?? ''))
    .map(({ fileSize, title, ...rest }) => ({
      ...rest,
      length: fileSize,
      title: plainLine(title?.value) || undefined,
    }));
  const byUrl = new Map<string, ImportedFile>();
  for (const { url, type, length, title, duration: own } of [...enclosures, ...recordings]) {
    const seconds = own ?? (byUrl.size === 0 ? duration : undefined);
    if (url === undefined || url.trim() === '' || byUrl.has(url)) continue;
    byUrl.set(url, { url, type, length, title, duration: seconds && Math.round(seconds) });
  }
  return [...byUrl.values()];
}

/** Finds an item's picture: that of Media RSS, which may have a caption, then the episode's, then a thumbnail. */
export function mediaPicture(episode: string | undefined, media: Media): ImportedPicture | undefined {
  const shown = contentsOf(media).find(({ type, medium }) => /^image/.test(medium ?? type ?? ''));
  const [thumbnail] = media?.thumbnails ?? media?.groups?.[0]?.thumbnails ?? [];
  const url = shown?.url ?? episode ?? thumbnail?.url;
  if (url === undefined) return undefined;
  const alt = plainLine((shown?.texts ?? media?.texts)?.[0]?.value) || undefined;
  const caption = plainSummary((shown?.description ?? (shown && media?.description))?.value) || undefined;
  return { url, alt, caption };
}

function contentsOf(media: Media) {
  return [...(media?.contents ?? []), ...(media?.groups ?? []).flatMap(({ contents = [] }) => contents)];
}
