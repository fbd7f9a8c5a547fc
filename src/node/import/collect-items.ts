import { createHash } from 'node:crypto';
import type { Instant } from '../../article/article.ts';
import { quote } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import { idFault, isAbsoluteIri, normalizeId } from '../../article/seed/seed-id.ts';
import { canonicalUrl } from '../../article/web-address.ts';
import type { FeedDocument } from '../published/published-history.ts';
import { count } from '../terminal/report.ts';
import type { KnownArticle } from './import-folder.ts';
import type { ImportedFeed, ImportedItem, ImportNote } from './read/imported-item.ts';
import { titleOf } from './write/seed.ts';

/** An item with an id, a title and a date, either its own or a substitute. */
export interface CompleteItem extends ImportedItem {
  readonly id: string;
  readonly published: Instant;
}

/** A feed's documents, newest first. */
export type History = readonly FeedDocument<ImportedFeed>[];

/** Collects the items of a feed and its archive, each once in its newest version, and adds what is missing. */
export function collectItems(
  feeds: History,
  now: number,
): { readonly items: readonly CompleteItem[]; readonly notes: readonly ImportNote[] } {
  const known = new Map<string, CompleteItem>();
  const notes: ImportNote[] = [];
  for (const { feed, shown } of feeds) {
    let previous = Date.parse(feed.updated ?? '') || now;
    for (const item of feed.items) {
      const title = titleOf(item);
      const warn = (message: string) =>
        notes.push({ severity: 'warning', source: shown, item: title, message });
      // An item without a date gets one a second before the item above, which keeps the order.
      const published = item.published ?? instantOf(previous - 1000) ?? '';
      previous = Date.parse(published);
      const id = boundedId(item.id ?? '') || digestId(item);
      const isKnown = (one: string) => {
        const other = known.get(one);
        return other !== undefined && (other.title === title || other.url === item.url);
      };
      const ids = [id, ...(item.url === undefined ? [] : [item.url]), digestId(item)];
      const freeId = ids.find((one) => isKnown(one) || !known.has(one));
      if (freeId === undefined || isKnown(freeId)) continue;
      const tags = [...new Set(item.tags)];
      const authors = item.authors.length > 0 ? item.authors : feed.authors;
      known.set(freeId, { ...item, id: freeId, title, published, tags, authors });
      if (item.published === undefined && item.isDraft === undefined)
        warn(`it has no readable date, so it gets ${published}`);
      const fault = idFault(item.id ?? '');
      if (fault !== undefined)
        warn(
          `its id, ${quote(item.id ?? '')}, ${fault}; it becomes ${freeId}, and feed readers will show the item again`,
        );
      if (freeId !== id)
        warn(
          `${JSON.stringify(known.get(id)?.title ?? '')} has the same id, ${id}, so this id becomes ${freeId}`,
        );
    }
  }
  const items = [...known.values()];
  const plain = items.filter(({ id, isAtom }) => isAtom === true && !isAbsoluteIri(id));
  if (plain.length > 0)
    notes.push({
      severity: 'warning',
      source: feeds[0]?.shown ?? '',
      message: plainIdMessage(plain.length, plain[0]?.id ?? ''),
    });
  return { items, notes };
}

function plainIdMessage(number: number, example: string): string {
  const [have, they] =
    number === 1 ? ['has an id that is', 'it becomes'] : ['have ids that are', 'they become'];
  return `${count(number, 'item')} ${have} not an absolute IRI, such as ${JSON.stringify(example.slice(0, 60))}; in Atom ${they} part of a tag: URI, so Atom readers will show known articles again`;
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

/**
 * Reports whether an existing article with an item's id is the same article. IRIs are unique, so only a different title
 * and address say otherwise, which for a draft may have changed. Two feeds may use any other id for different articles.
 */
export function isSameArticle(item: CompleteItem, known: KnownArticle): boolean {
  if (known.title === item.title) return true;
  return item.url === undefined || known.isUnpublished
    ? isAbsoluteIri(item.id)
    : known.url === canonicalUrl(item.url);
}
