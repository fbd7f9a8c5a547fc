import type { WrittenFile } from '../article.ts';
import type { PlaceOf } from '../place.ts';
import { fileNames, pictureNames } from './media.ts';
import { text } from './read.ts';
import { allUnder, firstUnder, itemsOf, type Table, type Value } from './value.ts';

/** Lists the picture and the enclosures in front matter with their addresses as written. */
export function writtenFiles(table: Table, placeOf: PlaceOf): readonly WrittenFile[] {
  const read = (kind: WrittenFile['kind'], value: Value): WrittenFile[] => {
    const inner = value.kind === 'table' ? firstUnder(value, fileNames) : value;
    const address = inner?.kind === 'scalar' ? text(inner) : undefined;
    // A theme switch, such as "cover: true", is not an address.
    if (inner === undefined || address === undefined || /^(?:true|false|none)$/i.test(address)) return [];
    const alt = value.kind === 'table' ? firstUnder(value, ['alt', 'alt_text', 'description']) : undefined;
    return [{ kind, address, hasAlt: alt !== undefined, place: placeOf(inner.at) }];
  };
  const pictures = allUnder(table, pictureNames).flatMap((value) => itemsOf(value)[0] ?? []);
  const enclosures = allUnder(table, ['enclosure', 'enclosures']).flatMap(itemsOf);
  return [
    ...pictures.flatMap((value) => read('image', value)).slice(0, 1),
    ...enclosures.flatMap((value) => read('enclosure', value)),
  ];
}
