import { omitUndefined } from '../../../article/omit-undefined.ts';
import { oneLine } from '../../../article/plain-text.ts';
import { absolute } from '../../published/feed-bases.ts';
import { count } from '../../terminal/report.ts';
import { instantIn, looseSummary, looseText, personOf } from './import-facts.ts';
import type { ImportedFeed, ImportedItem, ImportNote } from './imported-item.ts';
import { besideContent } from './media-facts.ts';
import { enclosuresOf } from './wordpress-enclosures.ts';
import { type Attachment, type ExportElement, fieldOf, fieldsOf, readExport } from './wordpress-export.ts';
import { readFootnotes } from './wordpress-footnotes.ts';
import { wordPressHtml } from './wordpress-html.ts';

/** Reads a WordPress export (WXR): its posts and, if wanted, pages; what it holds besides is counted. `isForAll` leaves out what not everybody sees. */
export function readWordPress(
  text: string,
  { pages, isForAll = false }: { readonly pages: boolean; readonly isForAll?: boolean },
): ImportedFeed {
  const channel = readExport(text);
  if (channel === undefined) throw new Error('has no channel');
  const items = fieldsOf(channel, 'item');
  const names = new Map(
    fieldsOf(channel, 'wp:author').map((author) => [
      fieldOf(author, 'wp:author_login'),
      looseText(fieldOf(author, 'wp:author_display_name')),
    ]),
  );
  const siteUrl = absolute(fieldOf(channel, 'link'), undefined) ?? '';
  const notes: ImportNote[] = [];
  const library = libraryOf(items);
  const left = new Map<string, number>();
  const taken = items.flatMap((item) => {
    const kind = fieldOf(item, 'wp:post_type') || 'post';
    const status = fieldOf(item, 'wp:status');
    const isWanted = (kind === 'page' ? pages : isPost(kind, item)) && (!isForAll || isSeenByAll(item));
    if (isWanted && !isGone(status)) {
      const made = itemOf(item, names, library, notes);
      return [made.base === '' ? { ...made, base: siteUrl } : made];
    }
    // A block that others show is in these; a menu, a style or a revision is no text.
    const label = isGone(status) ? `${kind}\n${status === 'trash' ? ' in the bin' : ' never saved'}` : kind;
    left.set(label, (left.get(label) ?? 0) + 1);
    return [];
  });
  if (left.size > 0) {
    const list = [...left].map(([label, number]) => {
      const [kind = '', where = ''] = label.split('\n');
      return `${count(number, kind)}${where}`;
    });
    const message = `left out what is no post: ${list.join(', ')}${left.has('page') ? '; --pages takes pages, too' : ''}`;
    notes.push({ severity: 'warning', source: '', message });
  }
  return {
    title: looseText(fieldOf(channel, 'title')),
    description: looseSummary(fieldOf(channel, 'description')),
    siteUrl,
    language: fieldOf(channel, 'language'),
    authors: [],
    older: [],
    items: taken,
    notes,
  };
}

/** What is thrown away, and what the editor set up for a text that was never written. */
function isGone(status: string): boolean {
  return /^(?:trash|auto-draft)$/.test(status);
}

/** Neither a draft nor scheduled, private or locked. */
function isSeenByAll(item: ExportElement): boolean {
  return /^(?:publish)?$/.test(fieldOf(item, 'wp:status')) && fieldOf(item, 'wp:post_password') === '';
}

/** Plug-ins for podcasts have posts of a type of their own, mostly `podcast`; a recording tells them. */
function isPost(kind: string, item: ExportElement): boolean {
  if (kind === 'post' || kind === 'podcast') return true;
  return !/^(?:attachment|revision|page)$/.test(kind) && enclosuresOf(item).length > 0;
}

interface Library {
  readonly attachments: ReadonlyMap<string, Attachment>;
  /** The content of blocks that posts share, by their number. */
  readonly blocks: ReadonlyMap<string, string>;
}

function libraryOf(items: readonly ExportElement[]): Library {
  const attachments = new Map<string, Attachment>();
  const blocks = new Map<string, string>();
  for (const item of items) {
    const id = fieldOf(item, 'wp:post_id');
    const kind = fieldOf(item, 'wp:post_type');
    if (kind === 'wp_block') blocks.set(id, fieldOf(item, 'content:encoded'));
    if (kind !== 'attachment') continue;
    const alt = metaOf(item, '_wp_attachment_image_alt') ?? '';
    const caption = looseSummary(fieldOf(item, 'excerpt:encoded'));
    const url = fieldOf(item, 'wp:attachment_url') || fieldOf(item, 'guid');
    attachments.set(id, { url, alt, caption, parent: fieldOf(item, 'wp:post_parent') });
  }
  return { attachments, blocks };
}

function itemOf(
  item: ExportElement,
  names: ReadonlyMap<string, string>,
  library: Library,
  notes: ImportNote[],
): ImportedItem {
  const link = fieldOf(item, 'link');
  const title = looseText(fieldOf(item, 'title'));
  const status = fieldOf(item, 'wp:status');
  const isLocked = fieldOf(item, 'wp:post_password') !== '';
  const isDraft = /^(?:draft|pending|private)$/.test(status) || isLocked;
  const id = fieldOf(item, 'guid') || link;
  const html = wordPressHtml(fieldOf(item, 'content:encoded'), {
    ...library,
    post: fieldOf(item, 'wp:post_id'),
    footnotes: readFootnotes(metaOf(item, 'footnotes')),
  });
  const content = { kind: 'html', text: html.text } as const;
  const published = instantIn(
    zoned(fieldOf(item, 'wp:post_date_gmt')),
    status === 'publish' ? fieldOf(item, 'pubDate') : undefined,
    zoned(fieldOf(item, 'wp:post_date')),
  );
  const updated = instantIn(zoned(fieldOf(item, 'wp:post_modified_gmt')));
  const summary = besideContent(looseSummary(fieldOf(item, 'excerpt:encoded')), content);
  const login = fieldOf(item, 'dc:creator');
  const image = library.attachments.get(metaOf(item, '_thumbnail_id') ?? '');
  const note = (message: string) => notes.push({ severity: 'warning', source: '', item: title, message });
  if (isLocked) note('it has a password, so it becomes a draft');
  else if (status === 'private') note('it is private, so it becomes a draft');
  if (html.unknown.length > 0)
    note(`shortcodes stay as text: ${html.unknown.map((name) => `[${name}]`).join(', ')}`);
  return omitUndefined({
    id: id === '' ? undefined : id,
    // Of a draft the address is none that lasts.
    url: /^https?:/.test(link) && !isDraft ? link : undefined,
    title,
    published,
    updated: updated === undefined || published === undefined || updated <= published ? undefined : updated,
    authors: personOf({ name: names.get(login) || login }),
    tags: fieldsOf(item, 'category')
      .filter(({ attributes }) => attributes.domain !== 'post_format')
      .map(({ text }) => looseText(text))
      .filter((tag) => tag !== ''),
    content,
    summary,
    image:
      image === undefined
        ? undefined
        : omitUndefined({ url: image.url, alt: image.alt === '' ? undefined : oneLine(image.alt) }),
    files: enclosuresOf(item),
    isDraft: isDraft ? true : undefined,
    base: absolute(link, undefined) ?? '',
  });
}

/** WordPress writes moments without a zone, and noughts where there is none. */
function zoned(written: string): string | undefined {
  return written === '' || written.startsWith('0000') ? undefined : `${written.replace(' ', 'T')}Z`;
}

function metaOf(item: ExportElement, key: string): string | undefined {
  const found = fieldsOf(item, 'wp:postmeta').find((meta) => fieldOf(meta, 'wp:meta_key') === key);
  return found === undefined ? undefined : fieldOf(found, 'wp:meta_value');
}
