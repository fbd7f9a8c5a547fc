import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Article } from '../../../article/article.ts';
import type { Edition } from '../../../publication/publication.ts';
import { editionPath, objectPath, type StoredBlock } from '../../../publication/stored/stored.ts';
import { ObjectCache } from '../../../store/object-cache.ts';
import { openEdition, parsePointer } from '../../../store/open-edition.ts';

let opened: { readonly pointer: Buffer; readonly folder: string; readonly edition: Edition } | undefined;

/** Opens the stored edition in a folder, or returns the last one if it is unchanged. `path` is that of its pointer. */
export function openStored(folder: string, path = editionPath): Edition {
  const pointer = readFileSync(join(folder, path));
  if (opened?.folder !== folder || !opened.pointer.equals(pointer))
    opened = {
      pointer,
      folder,
      edition: openEdition(parsePointer(new Uint8Array(pointer)), folder, objectReader(folder)),
    };
  return opened.edition;
}

/** Bytes of JSON: the blocks of all slices around one date. */
const cacheSize = 48 * 1024 * 1024;
/** Articles that are the same object in each block, so that each is written as an item once. */
const sharedLimit = 3000;

function objectReader(folder: string): (ref: string) => Promise<unknown> {
  const cache = new ObjectCache(cacheSize);
  const shared = new Map<string, Article>();
  const share = (article: Article): Article => {
    const known = shared.get(article.slug);
    if (known !== undefined) return known;
    if (shared.size >= sharedLimit) shared.delete(shared.keys().next().value ?? '');
    shared.set(article.slug, article);
    return article;
  };
  return async (ref) => {
    const known = cache.get(ref);
    if (known !== undefined) return known;
    const text = gunzipSync(readFileSync(join(folder, objectPath(ref))));
    const object: unknown = JSON.parse(text.toString());
    const value = isBlock(object) ? object.map(share) : object;
    cache.set(ref, value, text.length);
    return value;
  };
}

/** Reports whether an object is a block, not a node or table above it. */
function isBlock(object: unknown): object is StoredBlock {
  return Array.isArray(object) && typeof object[0] === 'object';
}
