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

/**
 * Lists enclosures, the recordings and documents of Media RSS, and the other forms of an episode, each address once.
 * `duration` applies to the first.
 */
export function mediaFiles(
  enclosures: readonly WrittenFile[],
  duration: number | undefined,
  media: Media,
  podcast?: RssItem['podcast'],
): readonly ImportedFile[] {
  const forms: WrittenFile[] = (podcast?.alternateEnclosures ?? []).map(({ sources = [], type, length, title }) => {
    // The others are torrents and the like.
    const url = sources.map(({ uri }) => uri).find((uri) => uri !== undefined && /^(?:https?:|(?![a-z]+:))/i.test(uri));
    return { url, type, length, title: plainLine(title) || undefined };
  });
  const files = contentsOf(media)
    .filter(({ type, medium }) => /^(?:audio|document|video)/.test(medium ?? type ?? ''))
    .map(({ fileSize, title, ...rest }) => ({
      ...rest,
      type: rest.type ?? forms.find(({ url }) => url === rest.url)?.type,
      length: fileSize,
      title: plainLine(title?.value) || undefined,
    }));
  const byUrl = new Map<string, ImportedFile>();
  for (const { url, type, length, title, duration: own } of [...enclosures, ...files, ...forms]) {
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
