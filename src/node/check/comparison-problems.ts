import type { ArticleHead } from '../../article/article.ts';
import { type Problem, quote } from '../../article/problem.ts';
import { idFault, isAbsoluteIri } from '../../article/seed/seed-id.ts';
import type { SeedArticle } from '../folder/seeds/seed-article.ts';
import type { ItemInDocument } from './item-index.ts';

/** An article of the folder, to be compared with published items. */
export type LocalArticle = Pick<SeedArticle, 'file' | 'source' | 'isIdWritten'>;

/**
 * Reports that readers would see a published article as new, and how to keep its id. `hint` says which option does it.
 */
export function changedId({ file, source }: LocalArticle, item: ItemInDocument, hint: string): Problem {
  const { id = '', hasId, shown } = item;
  const published = hasId ? showId(id) : `${showId(id)}, its link, because it has no id`;
  const local = showId(localId(item, source.head));
  const message = `published in ${shown} as ${published}; here its id is ${local}, so readers would show it again; ${remedy(item)}${hint}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'changed-id', message };
}

function remedy(item: ItemInDocument): string {
  const { id = '' } = item;
  if (isAbsoluteIri(id))
    return `to keep it, write "id: ${id}" in front matter or, without front matter, "Id: <${id}>" as the last paragraph`;
  if (canKeepId(item)) return `to keep it in RSS and JSON Feed, write "id: ${JSON.stringify(id)}" in front matter`;
  const fault = idFault(id);
  if (fault !== undefined) return `it cannot be kept, as it ${fault}`;
  return 'it cannot be kept, as an id in Atom must be an absolute IRI (RFC 4287 §4.2.6)';
}

/** Returns the id that an article has here, in the format in which an item is published. */
export function localId({ isAtom }: ItemInDocument, { id, plainId = id }: ArticleHead): string {
  return isAtom ? id : plainId;
}

/** Reports whether an article can take the id of an item: any text in RSS and JSON Feed, only an IRI in Atom. */
export function canKeepId({ id = '', hasId, isAtom }: ItemInDocument): boolean {
  return isAbsoluteIri(id) || (hasId && !isAtom && idFault(id) === undefined);
}

/** Reports that two files are the same published article. */
export function duplicateHere({ file, source }: LocalArticle, item: ItemInDocument, other: string): Problem {
  const message = `published once in ${item.shown}, as ${showId(item.id ?? item.title)}; here both this file, with the id ${showId(source.head.id)}, and ${other} hold it; delete one of the two`;
  return { file, line: 1, column: 1, severity: 'error', code: 'duplicated-id', message, other };
}

/** Reports that the feed holds an article twice. */
export function duplicateInFeed({ shown, title, id = '' }: ItemInDocument, otherId = ''): Problem {
  const ids = id === otherId ? `twice under the id ${showId(id)}` : `as ${showId(id)} and as ${showId(otherId)}`;
  const message = `${quote(title)} is published ${ids}; readers show one or both; withdraw one of the two`;
  return { file: shown, line: 1, column: 1, severity: 'warning', code: 'duplicated-id', message };
}

/** Reports that a published article is missing here. `beside` says that another site has the pages. */
export function vanishedArticle({ shown, title, id, links: [link] }: ItemInDocument, beside: boolean): Problem {
  const ids = [id, link === id ? undefined : link].flatMap((text) => (text === undefined ? [] : [showId(text)]));
  const end = beside
    ? 'the new feeds leave it out, and its page on the site stays as it is; if it is no article, such as a page about the site, there is nothing to do'
    : 'its address will answer 404 unless "redirects" says where it moved, or "gone"';
  const message = `published here, but the folder has no such article: ${[quote(title), ...ids].join(', ')}; ${end}`;
  return { file: shown, line: 1, column: 1, severity: 'warning', code: 'vanished-id', message };
}

/** Reports that a published article has a future date here, and so is withdrawn until then. */
export function postponedArticle({ file, source }: LocalArticle, { shown }: ItemInDocument, beside: boolean): Problem {
  const message = `published in ${shown}; here its date is ${source.head.published}, in the future, so until then it is in no feed${beside ? '' : ' and its address answers 404'}; correct the date unless you mean that`;
  return { file, line: 1, column: 1, severity: 'warning', code: 'vanished-id', message };
}

/** Reports that a published article has expired here. */
export function expiredArticle({ file, source }: LocalArticle, { shown }: ItemInDocument, beside: boolean): Problem {
  const message = `published in ${shown}; here it expired on ${source.head.expires}, so it is in no feed${beside ? '' : ' and its address answers 410'}; correct the date of expiry unless you mean that`;
  return { file, line: 1, column: 1, severity: 'warning', code: 'vanished-id', message };
}

/** Shows an IRI in full, because every byte counts, and other text in quotes. */
function showId(id: string): string {
  return isAbsoluteIri(id) ? id : quote(id);
}
