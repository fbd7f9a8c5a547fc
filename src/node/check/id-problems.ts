import { type Problem, quote } from '../../article/problem.ts';
import { idFault, isAbsoluteIri } from '../../article/seed/seed-id.ts';
import { canBeKept, type FoundItem, idBeside, type LocalArticle } from '../published/found-item.ts';

/** Says that readers would take a published article for a new one, and how its id is kept; `isFixed` where `--fix` does it. */
export function changedId({ file, source }: LocalArticle, item: FoundItem, isFixed: boolean): Problem {
  const { id = '', hasId, shown } = item;
  const there = hasId ? shownId(id) : `its link, ${shownId(id)}, for want of an id`;
  const message = `published in ${shown} as ${there}; here its id is ${shownId(idBeside(item, source.head))}, so readers would show it again; ${remedy(item)}${isFixed ? ' ("--fix" beside "--against" does)' : ''}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'changed-id', message };
}

function remedy(item: FoundItem): string {
  const { id = '' } = item;
  if (isAbsoluteIri(id))
    return `to keep it, write "id: ${id}" in front matter or, where there is none, "Id: <${id}>" as the last paragraph`;
  if (canBeKept(item))
    return `to keep it in RSS and JSON Feed, write "id: ${JSON.stringify(id)}" in front matter`;
  const fault = idFault(id);
  if (fault !== undefined) return `it cannot be kept, as it ${fault}`;
  return 'it cannot be kept, as an id in Atom must be an absolute IRI (RFC 4287 §4.2.6)';
}

/** Says that two files would be what is published once. */
export function duplicatedHere({ file, source }: LocalArticle, item: FoundItem, other: string): Problem {
  const message = `published in ${item.shown} once, as ${shownId(item.id ?? item.title)}; here it is this file, with the id ${shownId(source.head.id)}, and ${other} too; delete one of the two`;
  return { file, line: 1, column: 1, severity: 'error', code: 'duplicated-id', message, other };
}

/** Says that one article is published twice already. */
export function duplicatedThere({ shown, title, id = '' }: FoundItem, twin = ''): Problem {
  const ids = id === twin ? `twice under the id ${shownId(id)}` : `as ${shownId(id)} and as ${shownId(twin)}`;
  const message = `${quote(title)} is published ${ids}; readers show one or both; withdraw one of the two`;
  return { file: shown, line: 1, column: 1, severity: 'warning', code: 'duplicated-id', message };
}

/** Says that an article is published of which nothing is left here. */
export function vanishedId({ shown, title, id, links: [link] }: FoundItem): Problem {
  const what = [quote(title), id, link === id ? undefined : link].filter((part) => part !== undefined);
  const message = `published here, but there is no such article: ${what.map((part, i) => (i === 0 ? part : shownId(part))).join(', ')}; its address will answer 404 unless "redirects" says where it moved, or "gone"`;
  return { file: shown, line: 1, column: 1, severity: 'warning', code: 'vanished-id', message };
}

/** Says that a published article is dated ahead here, and so is withdrawn until then. */
export function postponedId({ file, source }: LocalArticle, { shown }: FoundItem): Problem {
  const message = `published in ${shown}; here its date is ${source.head.published}, which lies ahead, so until then it is in no feed and its address answers 404; mend the date, or leave it if that is meant`;
  return { file, line: 1, column: 1, severity: 'warning', code: 'vanished-id', message };
}

/** An id whole, for every byte counts, unless it is none. */
function shownId(id: string): string {
  return isAbsoluteIri(id) ? id : quote(id);
}
