import { createHash } from 'node:crypto';
import type { Instant } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import { idFault, normalizeId } from '../../article/seed/seed-id.ts';
import type { FeedDocument } from '../published/published-history.ts';
import type { ImportedFeed, ImportedItem } from './read/imported-item.ts';
import { titleOf } from './write/seed.ts';

/** An item with an id, a title and a date, either its own or a substitute. */
export interface CompleteItem extends ImportedItem {
  readonly id: string;
  readonly published: Instant;
  /** The id that it gets if the folder has another article under its own, which other items share. */
  readonly spareId?: string;
}

/** A feed's documents, newest first. */
export type History = readonly FeedDocument<ImportedFeed>[];

/** An item of a history, without its other versions. */
export interface DistinctItem {
  readonly item: CompleteItem;
  /** The item as its document has it. */
  readonly written: ImportedItem;
  /** The document that it comes from. */
  readonly shown: string;
  /** The item that keeps the id that this one also has. */
  readonly namesake?: CompleteItem;
}

/**
 * Lists the items of a feed and its archive, each once. Different items that share an id are all kept: the oldest has
 * it, so that the ids stay when the feed gets another such item.
 */
export function distinctItems(feeds: History, now: number): readonly DistinctItem[] {
  const versions = listVersions(feeds, now);
  const byId = Map.groupBy(versions, ({ item }) => item.id);
  const used = new Set(byId.keys());
  const renamed = new Map<DistinctItem, DistinctItem>();
  for (const sharing of byId.values()) {
    const [oldest, ...others] = sharing.toSorted((a, b) => Date.parse(a.item.published) - Date.parse(b.item.published));
    if (oldest === undefined || others.length === 0) continue;
    renamed.set(oldest, { ...oldest, item: { ...oldest.item, spareId: digestId(oldest.written) } });
    for (const other of others) {
      const own = unusedId(other.written, used);
      used.add(own);
      renamed.set(other, { ...other, item: { ...other.item, id: own }, namesake: oldest.item });
    }
  }
  return versions.map((version) => renamed.get(version) ?? version);
}

/** Lists the newest version of each item, in the order of the documents. */
function listVersions(feeds: History, now: number): readonly DistinctItem[] {
  const byId = new Map<string, DistinctItem[]>();
  const versions: DistinctItem[] = [];
  for (const { feed, shown } of feeds) {
    let previous = Date.parse(feed.updated ?? '') || now;
    for (const written of feed.items) {
      // An item without a date gets one a second before the item above, which keeps the order.
      const published = written.published ?? instantOf(previous - 1000) ?? '';
      previous = Date.parse(published);
      const id = boundedId(written.id ?? '') || digestId(written);
      const sharing = byId.get(id) ?? [];
      byId.set(id, sharing);
      const version: DistinctItem = {
        item: {
          ...written,
          id,
          title: titleOf(written),
          published,
          tags: [...new Set(written.tags)],
          authors: written.authors.length > 0 ? written.authors : feed.authors,
        },
        written,
        shown,
      };
      const from = Math.max(0, sharing.length - mostCompared);
      const known = sharing.findIndex((other, index) => index >= from && isSameItem(version, other));
      const other = sharing[known];
      if (other === undefined) {
        sharing.push(version);
        versions.push(version);
      } else if ((written.updated ?? '') > (other.written.updated ?? '') && other.shown === shown) {
        sharing[known] = version;
        versions[versions.indexOf(other)] = version;
      }
    }
  }
  return versions;
}

/** How many items with the same id an item is compared with, since a broken feed may give all of its items the same. */
const mostCompared = 500;

/**
 * Reports whether two items with the same id are versions of one. In one document they must be equal, except that Atom
 * lets an entry stand there in several versions (RFC 4287 §4.1.1). An archive may have an older version, which agrees
 * with the newer in its title, its date or its text; a link, which may not identify an item, needs two of these.
 */
function isSameItem(one: DistinctItem, other: DistinctItem): boolean {
  const [a, b] = [one.written, other.written];
  const hasSameTitle = one.item.title === other.item.title;
  const hasSameDate = a.published !== undefined && a.published === b.published;
  const hasSameText = a.content.text === b.content.text;
  const isLink = a.id === undefined || a.id === a.url;
  if (one.shown !== other.shown) {
    const agreements = [hasSameTitle, hasSameDate, hasSameText && a.content.text !== ''];
    return agreements.filter(Boolean).length >= (isLink ? 2 : 1);
  }
  if (a.isAtom === true && !isLink && a.updated !== b.updated && (hasSameTitle || hasSameText)) return true;
  return (
    hasSameTitle &&
    hasSameText &&
    a.published === b.published &&
    a.url === b.url &&
    JSON.stringify(a.files) === JSON.stringify(b.files)
  );
}

/** Makes an id for an item whose own id belongs to another. */
function unusedId(item: ImportedItem, used: ReadonlySet<string>): string {
  const url = boundedId(item.url ?? '');
  if (url !== '' && !used.has(url)) return url;
  const digest = digestId(item);
  let own = digest;
  for (let number = 2; used.has(own); number++) own = `${digest}-${number}`;
  return own;
}

/** Keeps an id byte for byte, unless it has a fault such as its length. */
function boundedId(written: string): string {
  const exact = normalizeId(written);
  if (idFault(exact) === undefined) return exact;
  return `${exact.slice(0, 80).toWellFormed()}-${shortHash(written)}`;
}

/** Makes an id for an item that has neither id nor link. It is the same in each import. */
function digestId({ title, published, content }: ImportedItem): string {
  return `untold-${shortHash(JSON.stringify([title, published, content.text]))}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
