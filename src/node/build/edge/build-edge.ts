import { rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { hasExpired } from '../../../publication/publication.ts';
import { editionPath, objectPath, type Ref, storedFolder } from '../../../publication/stored/stored.ts';
import { flushFiles } from '../../disk/write/write-file.ts';
import { assetsIgnore, sparingTable } from '../draft/asset-limits.ts';
import type { BuildInput } from '../draft/build-input.ts';
import type { BuildRecord } from '../draft/build-record.ts';
import { copyMedia, type MediaPaths } from '../draft/copy-media.ts';
import { copyRootFiles, readAssetsIgnore } from '../draft/copy-root-files.ts';
import type { Draft } from '../draft/draft.ts';
import { type EarlierBuild, lastChange } from '../earlier/earlier-build.ts';
import { type Block, writeObjects } from '../objects/write-objects.ts';
import { edgeHeaders } from './edge-headers.ts';
import { type FileTable, storeFileTable } from './file-table.ts';
import { storeBlocks } from './store-blocks.ts';
import { type StoredCard, storeCards } from './store-cards.ts';
import { storePictures } from './store-pictures.ts';
import { type SearchFiles, storeSearch } from './store-search.ts';

export interface BuiltEdge {
  readonly objects: number;
  readonly files: number;
  readonly rootFiles: number;
  readonly media: MediaPaths;
  readonly blocks: BuildRecord['blocks'];
  readonly search: SearchFiles;
  /** The cards by the slugs of their articles. */
  readonly cards: ReadonlyMap<string, StoredCard>;
  /** The smaller pictures by their paths, each with a key that names its source. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** Writes the folder for the worker. `builtFiles` describes the files of the site in the build that is replaced. */
export async function buildEdge(
  input: BuildInput,
  draft: Draft,
  earlier: EarlierBuild,
  builtFiles: FileTable,
  record: BuildRecord | undefined,
): Promise<BuiltEdge> {
  const { site, ordered, now, changed, files, names, threads, showProgress } = input;
  let media: MediaPaths = new Map();
  let named: BuildRecord['blocks'] = new Map();
  let objects = 0;
  const writeBlocks = async (blocks: readonly Block[], whole: number) => {
    const stored = await showProgress('articles', (onProgress) =>
      storeBlocks(blocks, whole, { url: site.url, draft, names, record, threads, onProgress }),
    );
    ({ media, named } = stored);
    objects += blocks.length;
    return stored.refs;
  };
  const writeObject = async (ref: Ref, text: string): Promise<void> => {
    await draft.add(objectPath(ref), ref, async (place) => writeFile(place, await compress(text)));
    objects++;
  };
  const { describe, listings } = input;
  const { ledger } = earlier;
  const edition = await writeObjects(site, ordered, now, ledger, writeBlocks, writeObject, describe, listings);
  draft.settle();
  writeFileSync(join(draft.folder, pointer), JSON.stringify(edition));
  const search = await storeSearch(input, draft, pointer);
  const cards = await storeCards(input, draft, pointer);
  rmSync(join(draft.folder, pointer));
  const current = ordered.filter(({ head }) => !hasExpired(head, now));
  const copied = await copyMedia(current, media, input, draft);
  const pictures = await storePictures(input, copied, draft);
  await draft.addText('_headers', edgeHeaders(site));
  const rootFiles = await copyRootFiles(input.rootFiles, draft);
  const stored = await storeFileTable(
    [...copied, ...pictures.keys(), ...[...cards.values()].map(({ path }) => path), ...search.keys(), ...rootFiles],
    draft,
    builtFiles,
    writeObject,
  );
  const dated = {
    ...edition,
    ...omitUndefined({ files: stored.table, changed: lastChange(edition, earlier, changed, now) }),
  };
  await draft.addText(editionPath, JSON.stringify(dated));
  // The only record of what was withdrawn.
  const written = draft.written.filter((path) => path.startsWith(`${storedFolder}/`));
  await flushFiles(written.map((path) => join(draft.folder, path)));
  const ignored = readAssetsIgnore(files?.dir);
  if (ignored !== undefined) await draft.addText(assetsIgnore, sparingTable(ignored, stored.objects));
  return {
    objects: objects + 1,
    files: copied.length,
    rootFiles: rootFiles.length,
    media,
    blocks: named,
    search,
    pictures,
    cards,
  };
}

/** The path of the pointer to the new edition, from which other files are made. */
const pointer = '.edition-being-built.json';

const compress = promisify(gzip) as (text: string) => Promise<Uint8Array>;
