import { createHash } from 'node:crypto';
import type { Instant } from '../../article/article.ts';
import { quote } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import { normalizeId, idFault, isAbsoluteIri } from '../../article/seed/seed-id.ts';
import { canonicalUrl } from '../../article/web-address.ts';
import type { FoundFeed } from '../published/published-history.ts';
import { count } from '../terminal/report.ts';
import type { KnownArticle } from './import-folder.ts';
import type { ImportedFeed, ImportedItem, ImportNote } from './read/imported-item.ts';
import { titleOf } from './write/seed-of-item.ts';

/** An item that has an id, a title and a date, its own or one that stands for it. */
export interface CompleteItem extends ImportedItem {
  readonly id: string;
  readonly published: Instant;
}

/**
 * Gathers the items of a feed and of its archive, each once and as the newest document has it, and completes what one
 * lacks.
 */
export function gatherItems(
  feeds: readonly FoundFeed<ImportedFeed>[],
  now: number,
): { readonly items: readonly CompleteItem[]; readonly notes: readonly ImportNote[] } {
  const known = new Map<string, CompleteItem>();
  const notes: ImportNote[] = [];
  const [source = ''] = feeds.map(({ shown }) => shown);
  for (const { feed, shown } of feeds) {
    let before = Date.parse(feed.updated ?? '') || now;
    for (const item of feed.items) {
      const note = (severity: ImportNote['severity'], message: string) =>
        notes.push({ severity, source: shown, item: titleOf(item), message });
      // One second before what stands above it, so that the order stays.
      const published = item.published ?? instantOf(before - 1000) ?? '';
      before = Date.parse(published);
      const title = titleOf(item);
      const id = settledId(item.id ?? '') || digest(item);
      const complete = {
        ...item,
        title,
        published,
        tags: [...new Set(item.tags)],
        authors: item.authors.length > 0 ? item.authors : feed.authors,
      };
      const ids = [id, ...(item.url === undefined ? [] : [item.url]), digest(item)];
      const isHere = (one: string) => {
        const other = known.get(one);
        return other !== undefined && (other.title === title || other.url === item.url);
      };
      const free = ids.find((one) => isHere(one) || !known.has(one));
      if (free === undefined || isHere(free)) continue;
      known.set(free, { ...complete, id: free });
      if (item.published === undefined && item.isDraft === undefined)
        note('warning', `it has no date that can be read; ${published} stands for it`);
      const fault = idFault(item.id ?? '');
      if (fault !== undefined)
        note(
          'warning',
          `its id, ${quote(item.id ?? '')}, ${fault}; here it becomes ${free}, and readers will show it once more`,
        );
      const other = known.get(id)?.title ?? '';
      if (free !== id)
        note('warning', `${JSON.stringify(other)} has the same id, ${id}; its own becomes ${free}`);
    }
  }
  const items = [...known.values()];
  const bare = items.filter(({ id, isAtom }) => isAtom === true && !isAbsoluteIri(id));
  if (bare.length > 0)
    notes.push({ severity: 'warning', source, message: bareMessage(bare.length, bare[0]?.id ?? '') });
  return { items, notes };
}

function bareMessage(number: number, example: string): string {
  return `${count(number, 'item')} ${number === 1 ? 'has an id that is' : 'have ids that are'} no absolute IRI, such as ${JSON.stringify(example.slice(0, 60))}; Atom can't carry that, so there it becomes a part of a tag: URI, and readers of Atom will show what they know once more`;
}

/** An id as front matter holds it: to the byte, unless it is too long to be borne. */
function settledId(written: string): string {
  const exact = normalizeId(written);
  if (idFault(exact) === undefined) return exact;
  return `${exact.slice(0, 80).toWellFormed()}-${createHash('sha256').update(written).digest('hex').slice(0, 16)}`;
}

/** What stands for the id of an item that has neither id nor link: the same each time. */
function digest({ title, published, content }: ImportedItem): string {
  const text = JSON.stringify([title, published, content.text]);
  return `untold-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/**
 * Tells whether an article that is there is the one that would come. An IRI means one thing the world over, unless title
 * and address speak against it, which those of a draft don't; any other text may mean another thing in each feed.
 */
export function isSameArticle(item: CompleteItem, known: KnownArticle): boolean {
  if (known.title === item.title) return true;
  return item.url === undefined || known.isUnpublished
    ? isAbsoluteIri(item.id)
    : known.url === canonicalUrl(item.url);
}
