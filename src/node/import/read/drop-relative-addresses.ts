import { escapeText } from '../../../article/escape.ts';
import { count } from '../../terminal/report.ts';
import { loadLazyMedia } from '../markdown/load-lazy-media.ts';
import { replaceTags, startTag } from './html-markup.ts';
import type { ImportedFeed, ImportedItem } from './imported-item.ts';
import { changeEpisodeAddresses } from './podcast.ts';

/**
 * Drops the relative addresses of items without a known base, since the new site would resolve them against itself.
 * Links become their text, pictures their alternative text.
 */
export function dropRelativeAddresses(feed: ImportedFeed): ImportedFeed {
  const results = feed.items.map((item) => (item.base === '' ? dropFromItem(item) : { item, dropped: [] }));
  const changed = results.filter(({ dropped }) => dropped.length > 0);
  if (changed.length === 0) return feed;
  const example = JSON.stringify((changed[0]?.dropped[0] ?? '').slice(0, 60));
  const message = `${count(changed.length, 'item')} ${changed.length === 1 ? 'has' : 'have'} relative addresses, such as ${example}, and the feed states no address of its own; links and pictures became text, and enclosures, transcripts and article addresses were dropped; to keep them, import from the feed's web address, or give the address of the old site: --url https://…`;
  return {
    ...feed,
    items: results.map(({ item }) => item),
    notes: [...(feed.notes ?? []), { severity: 'warning', source: '', message }],
  };
}

function dropFromItem(item: ImportedItem): {
  readonly item: ImportedItem;
  readonly dropped: readonly string[];
} {
  const { content, image, files, episode, lostUrl } = item;
  const dropped = lostUrl === undefined ? [] : [lostUrl];
  const isKept = (address: string): boolean => {
    if (absoluteOrLocal.test(address.trim())) return true;
    dropped.push(address);
    return false;
  };
  const changed: ImportedItem = {
    ...item,
    image: image !== undefined && isKept(image.url) ? image : undefined,
    files: files.filter(({ url }) => isKept(url)),
    episode: episode && changeEpisodeAddresses(episode, (address) => (isKept(address) ? address : undefined)),
    content:
      content.kind === 'text' ? content : { ...content, text: dropFromHtml(loadLazyMedia(content.text), isKept) },
  };
  return { item: dropped.length === 0 ? item : changed, dropped };
}

/** An address with a scheme or a host, or one inside the article. */
const absoluteOrLocal = /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|#|$)/i;
const addressAttributes = ['href', 'src', 'poster', 'cite', 'data'];

function dropFromHtml(html: string, isKept: (address: string) => boolean): string {
  return replaceTags(html, ({ name, attributes }) => {
    const kept = Object.entries(attributes).filter(([key, value]) =>
      key === 'srcset'
        ? !/(?:^|,)\s*(?!https?:|[\\/]{2})[^\s,]/i.test(value)
        : !addressAttributes.includes(key) || isKept(value),
    );
    const isUnchanged = kept.length === Object.keys(attributes).length;
    return isUnchanged ? undefined : replacementTag(name, Object.fromEntries(kept));
  });
}

/** A dropped link leaves its end tag behind, which parsers ignore. */
function replacementTag(tagName: string, attributes: Readonly<Record<string, string>>): string {
  const { id, alt = '', src, srcset } = attributes;
  if (tagName === 'a') return id === undefined ? '' : `${startTag('span', { id })}</span>`;
  const hasPicture = (src ?? srcset) !== undefined;
  return tagName === 'img' && !hasPicture ? escapeText(alt) : startTag(tagName, attributes);
}
