import { oneLine } from '../../../../../article/plain-text.ts';
import { isMailAddress } from '../../../../../article/web-address.ts';
import { absolute } from '../../../../published/feed-bases.ts';
import { firstInstant, readAuthors, readTags } from '../../feed-values.ts';
import { plainLine, plainSummary } from '../../html-text.ts';
import type { ImportedFeed, ImportedItem, ImportNote } from '../../imported-item.ts';
import { distinctSummary } from '../../media.ts';
import { type ExportElement, fieldOf, fieldsOf } from '../export-xml.ts';
import { SkippedItems } from '../skipped-items.ts';
import { restrictionOf } from './wordpress-access.ts';
import { enclosuresOf } from './wordpress-enclosures.ts';
import { type Attachment, metaValues, readExport, type WordPressContext } from './wordpress-export.ts';
import { readFootnotes } from './wordpress-footnotes.ts';
import { renderWordPress } from './wordpress-html.ts';

export interface WordPressOptions {
  /** Whether to include pages. */
  readonly pages: boolean;
  /** Whether to include only what every visitor sees. */
  readonly isForAll?: boolean;
}

/** Reads the posts of a WordPress export (WXR). A note counts what is left out. */
export function readWordPress(text: string, { pages, isForAll = false }: WordPressOptions): ImportedFeed {
  const channel = readExport(text);
  if (channel === undefined) throw new Error('has no channel');
  const elements = fieldsOf(channel, 'item');
  const names = new Map(
    fieldsOf(channel, 'wp:author').map((author) => [
      fieldOf(author, 'wp:author_login'),
      plainLine(fieldOf(author, 'wp:author_display_name')),
    ]),
  );
  const siteUrl = absolute(fieldOf(channel, 'link'), undefined) ?? '';
  const notes: ImportNote[] = [];
  const library = readLibrary(elements);
  const skipped = new SkippedItems();
  const items = elements.flatMap((element) => {
    const kind = fieldOf(element, 'wp:post_type') || 'post';
    const status = fieldOf(element, 'wp:status');
    const isWanted = (kind === 'page' ? pages : isPost(kind, element)) && (!isForAll || isVisibleToAll(element));
    if (isWanted && discarded[status] === undefined) {
      const item = readItem(element, names, library, notes);
      return [item.base === '' ? { ...item, base: siteUrl } : item];
    }
    skipped.add(kind, discarded[status]);
    return [];
  });
  if (items.length === 0 && !isForAll) skipped.refuseEmpty('a WordPress export');
  return {
    title: plainLine(fieldOf(channel, 'title')),
    description: plainSummary(fieldOf(channel, 'description')),
    siteUrl,
    language: fieldOf(channel, 'language'),
    authors: [],
    older: [],
    items,
    notes: [...notes, ...skipped.notes()],
  };
}

/** The statuses of posts to skip, in words. The editor creates an `auto-draft` before anything is written. */
const discarded: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  trash: 'in the bin',
  'auto-draft': 'never saved',
});

/** Returns false for drafts and scheduled, private or password-protected posts. */
function isVisibleToAll(item: ExportElement): boolean {
  return /^(?:publish)?$/.test(fieldOf(item, 'wp:status')) && restrictionOf(item) === undefined;
}

/** Podcast plug-ins use post types of their own, often `podcast`. Another type counts if it has a recording. */
function isPost(kind: string, item: ExportElement): boolean {
  if (kind === 'post' || kind === 'podcast') return true;
  return !/^(?:attachment|revision|page)$/.test(kind) && enclosuresOf(item).length > 0;
}

type Library = Pick<WordPressContext, 'attachments' | 'blocks'>;

function readLibrary(items: readonly ExportElement[]): Library {
  const attachments = new Map<string, Attachment>();
  const blocks = new Map<string, string>();
  for (const item of items) {
    const id = fieldOf(item, 'wp:post_id');
    const kind = fieldOf(item, 'wp:post_type');
    if (kind === 'wp_block') blocks.set(id, fieldOf(item, 'content:encoded'));
    if (kind !== 'attachment') continue;
    const [alt = ''] = metaValues(item, '_wp_attachment_image_alt');
    const caption = plainSummary(fieldOf(item, 'excerpt:encoded'));
    const url = fieldOf(item, 'wp:attachment_url') || fieldOf(item, 'guid');
    attachments.set(id, { url, alt, caption, parent: fieldOf(item, 'wp:post_parent') });
  }
  return { attachments, blocks };
}

function readItem(
  item: ExportElement,
  names: ReadonlyMap<string, string>,
  library: Library,
  notes: ImportNote[],
): ImportedItem {
  const link = fieldOf(item, 'link');
  const title = plainLine(fieldOf(item, 'title'));
  const status = fieldOf(item, 'wp:status');
  const restriction = restrictionOf(item);
  const isDraft = /^(?:draft|pending)$/.test(status) || restriction !== undefined;
  const html = renderWordPress(fieldOf(item, 'content:encoded'), {
    ...library,
    post: fieldOf(item, 'wp:post_id'),
    footnotes: readFootnotes(metaValues(item, 'footnotes')[0]),
  });
  const content = { kind: 'html', text: html.text } as const;
  const published = firstInstant(
    utcDate(fieldOf(item, 'wp:post_date_gmt')),
    status === 'publish' ? fieldOf(item, 'pubDate') : undefined,
    utcDate(fieldOf(item, 'wp:post_date')),
  );
  const updated = firstInstant(utcDate(fieldOf(item, 'wp:post_modified_gmt')));
  // A login, and so the name that WordPress shows first, may be a mail address that no page shows.
  const login = fieldOf(item, 'dc:creator');
  const author = [names.get(login) || login].filter((name) => !isMailAddress(name));
  const image = library.attachments.get(metaValues(item, '_thumbnail_id')[0] ?? '');
  const warn = (message: string) => notes.push({ severity: 'warning', source: '', item: title, message });
  if (restriction !== undefined) warn(`${restriction}, so it becomes a draft`);
  if (html.unknown.length > 0) warn(`shortcodes stay as text: ${html.unknown.map((name) => `[${name}]`).join(', ')}`);
  return {
    id: fieldOf(item, 'guid') || link || undefined,
    // A draft's address is temporary.
    url: /^https?:/.test(link) && !isDraft ? link : undefined,
    title,
    published,
    updated: updated === undefined || published === undefined || updated <= published ? undefined : updated,
    authors: readAuthors(author.map((name) => ({ name }))),
    tags: readTags(
      fieldsOf(item, 'category')
        .filter(({ attributes }) => attributes.domain !== 'post_format')
        .map(({ text }) => text),
    ),
    content,
    summary: distinctSummary(plainSummary(fieldOf(item, 'excerpt:encoded')), content),
    image: image && { url: image.url, alt: image.alt === '' ? undefined : oneLine(image.alt) },
    files: enclosuresOf(item),
    isDraft: isDraft || undefined,
    base: absolute(link, undefined) ?? '',
  };
}

/** WordPress writes dates without a zone, and zeros for a missing date. */
function utcDate(written: string): string | undefined {
  return written === '' || written.startsWith('0000') ? undefined : `${written.replace(' ', 'T')}Z`;
}
