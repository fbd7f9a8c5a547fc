import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { searchFolder } from '../../../publication/addresses/address.ts';
import { isShown } from '../../../publication/publication.ts';
import { hasPages } from '../../../publication/site/site.ts';
import { filesOf, IndexFolder, searchList, writeSearchList } from '../../search/index-folder.ts';
import { keyOfSegment, segmentsOf } from '../../search/segments.ts';
import { digest } from '../draft/article-names.ts';
import type { BuildInput } from '../draft/build-input.ts';
import type { Draft } from '../draft/draft.ts';

/** The files of the search index by their paths, each with a key that names its content. */
export type SearchFiles = ReadonlyMap<string, string>;

/**
 * Writes the files of the search index, of published articles only, and returns their paths, each with a key that names
 * its content. Segments in the state are not indexed again. `pointer` is the path, in the draft, of the pointer to the
 * stored edition.
 */
export async function storeSearch(input: BuildInput, draft: Draft, pointer: string): Promise<SearchFiles> {
  const { site, ordered, now, threads, state, showProgress } = input;
  if (site.search !== true || !hasPages(site)) return new Map();
  const own = join(draft.folder, '.search');
  const folder = new IndexFolder(state === undefined ? own : join(state, 'search'));
  const segments = segmentsOf(ordered.filter(({ head }) => isShown(head, now)));
  const keys = segments.map((segment) => keyOfSegment(segment, site));
  const known = keys.map((key) => folder.find(key));
  const due = segments.flatMap((segment, i) => (known[i] === undefined ? [{ i, segment }] : []));
  const made = await showProgress('search', (onProgress) =>
    threads.map(
      'indexSegments',
      due,
      1,
      (batch) => ({
        ...{ edge: draft.folder, pointer, now, folder: folder.dir },
        segments: batch.map(({ i, segment }) => ({ key: keys[i], slugs: segment.map(({ head }) => head.slug) })),
      }),
      () => onProgress(segments.length),
    ),
  );
  for (const [at, { i }] of due.entries()) known[i] = made[at];
  const stored = known.filter((segment) => segment !== undefined);
  const files = new Map<string, string>();
  for (const name of new Set(stored.flatMap(filesOf))) {
    const path = `${searchFolder}/${name}`;
    await draft.add(path, name, async (place) => copyFileSync(folder.pathOf(name), place));
    files.set(path, name);
  }
  const list = writeSearchList(stored);
  await draft.addText(`${searchFolder}/${searchList}`, list);
  folder.prune(stored, keys, Date.parse(now) - unusedFor);
  rmSync(own, { recursive: true, force: true });
  return files.set(`${searchFolder}/${searchList}`, digest(list));
}

/** Milliseconds for which unused files stay, because browsers may still have a list of them. */
const unusedFor = 24 * 60 * 60 * 1000;
