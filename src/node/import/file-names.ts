import { slugOf } from '../../article/slug.ts';

/** The longest name of a file, in bytes, with room for a number and an ending. */
const longestName = 180;

/** Names the file of an article after its day and the last part of its address, else its title: `2026-02-25-hello`. */
export function nameOfItem(url: string | undefined, title: string, day: string): string {
  const [last = ''] = pathOf(url)
    .split('/')
    .filter((part) => part !== '')
    .reverse();
  const named = last.replace(/\.(?:html?|php|aspx?|md)$/i, '').replace(/^\d{4}-\d{2}-\d{2}[-_]?/, '');
  const slug = slugOf(named);
  // A number, "index" or nothing says less than the title.
  const isPoor = slug === 'untitled' || /^[\d-]+$|^(?:index|default|post|article|view|item)$/.test(slug);
  return cut(`${day}-${isPoor ? slugOf(title) : slug}`, longestName);
}

/** Names a folder after a feed: one part of a path, visible, that can be the name of a section. */
export function folderName(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|#%]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. _]+|[. ]+$/g, '');
  const name = cut(plain, 80).replace(/[. ]+$/, '');
  const isSection =
    /\p{L}/u.test(name) && !/^\d{4}-|^(?:node_modules|theme|static|public|assets)$/i.test(name);
  return isSection ? name : `Feed ${name}`.trim();
}

/** Shortens a name to a number of bytes, but not within a character. */
export function cut(name: string, bytes: number): string {
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

function pathOf(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return '';
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
