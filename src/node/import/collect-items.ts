import { quote } from '../../article/problem.ts';
import { idFault, isAbsoluteIri } from '../../article/seed/seed-id.ts';
import { canonicalUrl } from '../../article/web-address.ts';
import { count } from '../terminal/report.ts';
import { type CompleteItem, distinctItems, type History } from './distinct-items.ts';
import type { KnownArticle } from './import-folder.ts';
import type { ImportNote } from './read/imported-item.ts';

/** Collects the items of a feed and its archive, each once in its newest version, and adds what is missing. */
export function collectItems(
  feeds: History,
  now: number,
): { readonly items: readonly CompleteItem[]; readonly notes: readonly ImportNote[] } {
  const notes: ImportNote[] = [];
  const items = distinctItems(feeds, now).map(({ item, shown, written, namesake }) => {
    const warn = (message: string) => notes.push({ severity: 'warning', source: shown, item: item.title, message });
    if (written.published === undefined && item.isDraft === undefined)
      warn(`it has no readable date, so it gets ${item.published}`);
    const fault = idFault(written.id ?? '');
    if (fault !== undefined)
      warn(
        `its id, ${quote(written.id ?? '')}, ${fault}; it becomes ${item.id}, and feed readers will show the item again`,
      );
    if (namesake !== undefined)
      warn(`${JSON.stringify(namesake.title)} has the same id, ${namesake.id}, so this id becomes ${item.id}`);
    return item;
  });
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
  const [have, they] = number === 1 ? ['has an id that is', 'it becomes'] : ['have ids that are', 'they become'];
  return `${count(number, 'item')} ${have} not an absolute IRI, such as ${JSON.stringify(example.slice(0, 60))}; in Atom ${they} part of a tag: URI, so Atom readers will show known articles again`;
}

/**
 * Reports whether an existing article with an item's id is the same article. IRIs are unique, so only a different title
 * and address say otherwise, which for a draft may have changed. Two feeds may use any other id for different articles.
 */
export function isSameArticle(item: CompleteItem, known: KnownArticle): boolean {
  if (known.title === item.title) return true;
  return item.url === undefined || known.isUnpublished ? isAbsoluteIri(item.id) : known.url === canonicalUrl(item.url);
}
