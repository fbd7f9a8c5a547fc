import { tagsIn } from '../../../article/body/tags-in.ts';
import { escapeText } from '../../../article/escape.ts';
import { count } from '../../terminal/report.ts';
import { startTag } from '../markdown/written-html.ts';
import { withAddresses } from './episode-facts.ts';
import type { ImportedFeed, ImportedItem } from './imported-item.ts';

/**
 * Takes relative addresses out of items of which nothing tells to what they are relative, for they would come to lead into the
 * new site: links become their text, pictures their alternative text.
 */
export function withoutBaseless(feed: ImportedFeed): ImportedFeed {
  const all = feed.items.map((item) => (item.base === '' ? withoutRelative(item) : { item, left: [] }));
  const poorer = all.filter(({ left }) => left.length > 0);
  if (poorer.length === 0) return feed;
  const example = JSON.stringify((poorer[0]?.left[0] ?? '').slice(0, 60));
  const message = `${count(poorer.length, 'item')} ${poorer.length === 1 ? 'has' : 'have'} relative addresses, such as ${example}, and the feed names no address of its own; links and pictures became text, enclosures, transcripts and the articles' own addresses are left out; to keep them, import from the feed's web address, or write that into the first tag of the file: xml:base="https://…"`;
  return {
    ...feed,
    items: all.map(({ item }) => item),
    notes: [...(feed.notes ?? []), { severity: 'warning', source: '', message }],
  };
}

interface Poorer {
  readonly item: ImportedItem;
  /** What was left out. */
  readonly left: readonly string[];
}

function withoutRelative(item: ImportedItem): Poorer {
  const { content, image, files, episode, lostUrl } = item;
  const left = lostUrl === undefined ? [] : [lostUrl];
  const isKept = (address: string): boolean => {
    if (absolute.test(address.trim())) return true;
    left.push(address);
    return false;
  };
  const { image: _, ...rest } = item;
  const poorer = {
    ...rest,
    ...(image !== undefined && isKept(image.url) ? { image } : {}),
    files: files.filter(({ url }) => isKept(url)),
    ...(episode === undefined
      ? {}
      : { episode: withAddresses(episode, (address) => (isKept(address) ? address : undefined)) }),
    content: content.kind === 'text' ? content : { ...content, text: htmlWithout(content.text, isKept) },
  };
  return left.length === 0 ? { item, left } : { item: poorer, left };
}

/** What begins with a scheme or a host, or stays inside the article. */
const absolute = /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|#|$)/i;
const addressed = ['href', 'src', 'poster', 'cite', 'data', 'data-src'];

function htmlWithout(html: string, isKept: (address: string) => boolean): string {
  let made = '';
  let from = 0;
  for (const { name, attributes, at } of tagsIn(html)) {
    const kept = Object.entries(attributes).filter(([key, value]) =>
      key === 'srcset'
        ? !/(?:^|,)\s*(?!https?:|[\\/]{2})[^\s,]/i.test(value)
        : !addressed.includes(key) || isKept(value),
    );
    if (kept.length === Object.keys(attributes).length) continue;
    made += html.slice(from, at) + poorerTag(name, Object.fromEntries(kept));
    from = html.indexOf('>', at) + 1;
  }
  return made + html.slice(from);
}

/** Nobody minds the end of a link that has no beginning. */
function poorerTag(tagName: string, attributes: Readonly<Record<string, string>>): string {
  const { id, alt = '', src, srcset, 'data-src': lateSrc } = attributes;
  if (tagName === 'a')
    return id === undefined ? '' : `${startTag({ tagName: 'span', properties: { id } })}</span>`;
  const isShown = (src ?? srcset ?? lateSrc) !== undefined;
  return tagName === 'img' && !isShown ? escapeText(alt) : startTag({ tagName, properties: attributes });
}
