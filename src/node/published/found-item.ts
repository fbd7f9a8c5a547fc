import type { ArticleHead } from '../../article/article.ts';
import { idFault, isAbsoluteIri } from '../../article/seed/seed-id.ts';
import type { Candidate } from '../folder/unique-articles.ts';
import type { PublishedItem } from './published-feed.ts';
import './found-item.ts';

/** An item that is published, and in which document, as it should be shown. */
export interface FoundItem extends PublishedItem {
  readonly shown: string;
}

/** The id that an article has here in the format in which an item is published. */
export function idBeside({ isAtom }: FoundItem, { id, plainId = id }: ArticleHead): string {
  return isAtom ? id : plainId;
}

/** Tells whether an article can have the id of an item: RSS and JSON Feed take any text for one, Atom IRIs alone. */
export function canBeKept({ id = '', hasId, isAtom }: FoundItem): boolean {
  return isAbsoluteIri(id) || (hasId && !isAtom && idFault(id) === undefined);
}

/** An article that is about to be published. */
export type LocalArticle = Pick<Candidate, 'file' | 'source' | 'isIdWritten'>;
