import { slugOf } from '../../article/slug.ts';
import { decodePercent } from '../../article/web-address.ts';

/** Bytes of a file name, with room for a number and an ending. */
const longestName = 180;

/** Names an article's file after its day and the last part of its address, or its title: `2026-02-25-hello`. */
export function nameOfItem(url: string | undefined, title: string, day: string): string {
  const path = url !== undefined && URL.canParse(url) ? decodePercent(new URL(url).pathname) : '';
  const last = path.split('/').findLast((part) => part !== '') ?? '';
  const named = last.replace(/\.(?:html?|php|aspx?|md)$/i, '').replace(/^\d{4}-\d{2}-\d{2}[-_]?/, '');
  const slug = slugOf(named);
  // A number or "index" says less than the title.
  const isPoor = slug === 'untitled' || /^[\d-]+$|^(?:index|default|post|article|view|item)$/.test(slug);
  return truncateBytes(`${day}-${isPoor ? slugOf(title) : slug}`, longestName);
}

/** Names a folder after a feed, so that it is visible and counts as a section. */
export function folderName(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|#%]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. _]+|[. ]+$/g, '');
  const name = truncateBytes(plain, 80).replace(/[. ]+$/, '');
  const isSection = /\p{L}/u.test(name) && !/^\d{4}-|^(?:node_modules|theme|static|public|assets)$/i.test(name);
  return isSection ? name : `Feed ${name}`.trim();
}

/** Shortens a name to a number of bytes without splitting a character. */
export function truncateBytes(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name;
  let end = '';
  let length = 0;
  for (const sign of name) {
    length += Buffer.byteLength(sign);
    if (length > bytes) break;
    end += sign;
  }
  return end.replace(/-+$/, '');
}
