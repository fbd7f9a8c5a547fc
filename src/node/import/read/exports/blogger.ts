import { omitUndefined } from '../../../../article/omit-undefined.ts';
import { absolute } from '../../../published/feed-bases.ts';
import type { ImportedFeed, ImportedItem, ImportNote } from '../imported-item.ts';
import { readFeed } from '../read-feed.ts';
import { type ExportElement, fieldOf, fieldsOf, parseExportXml } from './export-xml.ts';
import { SkippedItems } from './skipped-items.ts';

export interface BloggerOptions {
  /** Whether to include pages. */
  readonly pages: boolean;
  /** Whether to include only what every visitor sees. */
  readonly isForAll?: boolean;
  /** The address of the blog, which a backup of Google Takeout doesn't state. */
  readonly site?: URL | undefined;
}

/** Reads the posts of a Blogger backup, an old one or one of Google Takeout. A note counts what is left out. */
export function readBlogger(
  text: string,
  location: URL,
  { pages, isForAll = false, site }: BloggerOptions,
): ImportedFeed {
  const feed = readFeed(text, site ?? location);
  const states = readStates(text);
  const isBackup = [...states.values()].flat().some(({ kind }) => kind !== unknownState.kind);
  if (!isBackup) return feed;
  const notes: ImportNote[] = [];
  const skipped = new SkippedItems();
  const items = feed.items.flatMap((item) => {
    const { kind, isInBin, status, file } = states.get(item.id ?? '')?.shift() ?? unknownState;
    const isDraft = item.isDraft === true || !isLive(status);
    const isWanted = kind === 'post' || (kind === 'page' && pages);
    if (!isWanted || isInBin || (isForAll && (isDraft || status === 'SCHEDULED'))) {
      skipped.add(status === 'SPAM' ? `spam ${kind}` : kind, isInBin ? 'in the bin' : '');
      return [];
    }
    if (isDraft && !/^(?:DRAFT|LIVE)?$/.test(status))
      notes.push({
        severity: 'warning',
        source: '',
        item: item.title,
        message: `Blogger calls it ${status}, so it becomes a draft`,
      });
    return [placeItem(item, isDraft, file, site)];
  });
  if (items.length === 0 && !isForAll) skipped.refuseEmpty('a Blogger backup');
  const withoutEmail = feed.authors.map(({ email: _, ...author }) => author);
  return { ...feed, authors: withoutEmail, items, notes: [...notes, ...skipped.notes()] };
}

/** A scheduled post appears at its date, as here. */
function isLive(status: string): boolean {
  return /^(?:LIVE|SCHEDULED)?$/.test(status);
}

/** Adds the address, which only a published post keeps, and drops mail addresses. */
function placeItem(item: ImportedItem, isDraft: boolean, file: string, site: URL | undefined): ImportedItem {
  const { url, lostUrl, ...rest } = item;
  const authors = item.authors.map(({ email: _, ...author }) => author);
  if (isDraft) return { ...rest, authors, isDraft: true };
  const address = url ?? absolute(file, site?.href);
  const lost = address === undefined ? lostUrl || file || undefined : undefined;
  return { ...rest, ...omitUndefined({ url: address, lostUrl: lost }), authors };
}

/** What Blogger's own elements say of an entry. */
interface EntryState {
  /** In small letters: `post`, `page`, `comment`, `template` or `setting`. */
  readonly kind: string;
  readonly isInBin: boolean;
  /** As written, such as `LIVE`; empty in old backups. */
  readonly status: string;
  /** The path of its page; empty if not stated. */
  readonly file: string;
}

const unknownState: EntryState = { kind: 'unknown entry', isInBin: false, status: '', file: '' };

/** Reads the states of entries in their order, by id. */
function readStates(text: string): Map<string, EntryState[]> {
  const [feed] = parseExportXml(text).children;
  const entries = feed === undefined ? [] : fieldsOf(feed, 'entry');
  const byId = Map.groupBy(entries, (entry) => fieldOf(entry, 'id'));
  return new Map([...byId].map(([id, sharing]) => [id, sharing.map(readState)]));
}

function readState(entry: ExportElement): EntryState {
  const term = fieldsOf(entry, 'category').find(
    ({ attributes }) => attributes.scheme === 'http://schemas.google.com/g/2005#kind',
  )?.attributes.term;
  const kind = (fieldOf(entry, 'blogger:type') || /#(\w+)$/.exec(term ?? '')?.[1] || '').toLowerCase();
  const status = fieldOf(entry, 'blogger:status').toUpperCase();
  return {
    kind: kind.replace(/^settings$/, 'setting') || unknownState.kind,
    isInBin: fieldOf(entry, 'blogger:trashed') !== '' || /TRASHED$/.test(status),
    status,
    file: fieldOf(entry, 'blogger:filename'),
  };
}
