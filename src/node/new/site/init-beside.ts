import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../disk/write/write-file.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { publicationFiles } from '../../folder/options/publication-file.ts';
import { type InitFile, type NewFolder, workerFiles, writeIfMissing } from '../init.ts';
import { packagePath, schemaFiles } from '../package-path.ts';
import { besideText } from './beside-template.ts';
import type { FoundSite } from './found-site.ts';

/** Where the worker of a site is built: many generators empty `dist`. */
const workerOut = '.dateline/worker';

/**
 * Sets up the feeds of an existing site: a publication file in its root and, if the feeds have an address of their
 * own, files for wrangler and git. Writes nothing into the folder of articles, and existing files never change.
 */
export function initBeside(dir: string, site: FoundSite, { worker, ...folder }: NewFolder): readonly InitFile[] {
  const schema = packagePath(dir, schemaFiles.publication);
  const publication = writeIfMissing(dir, ['publication.yaml', 'publication.yml'], () =>
    besideText({ ...folder, schema, site }),
  );
  if (!needsWorker(site, folder.url)) return [publication];
  const { articles } = site;
  return [
    publication,
    ...workerFiles(dir, worker, folder.url, { articles, publication: 'publication.yaml', out: workerOut }),
  ];
}

/** Reports whether feeds have another address than the site, where only a worker or a server can answer. */
export function needsWorker(site: FoundSite, url: string | undefined): boolean {
  return url !== undefined && url !== site.url;
}

/** How many items of a feed keep their ids. */
export interface KeptIds {
  readonly ids: string;
  readonly kept: number;
  readonly items: number;
}

/**
 * Sets `ids` in a new publication file to the value with which most items of a published feed keep their ids. `read`
 * reads the folder of articles anew.
 */
export function chooseIds(dir: string, published: ReadonlySet<string>, read: () => FolderSnapshot): KeptIds {
  const path = publicationFiles.map((name) => join(dir, name)).find((file) => existsSync(file)) ?? '';
  const text = readFileSync(path, 'utf8');
  const written = /^ids: *(\S+)/m.exec(text)?.[1] ?? '';
  const withIds = (ids: string): string => text.replace(/^ids:.*$/m, `ids: ${ids}`);
  const counts = [...new Set([written, 'address', 'jekyll-feed', 'name'])].map((ids) => {
    replaceFile(path, withIds(ids));
    const kept = read().articles.filter(({ source: { head } }) => published.has(head.plainId ?? head.id)).length;
    return { ids, kept, items: published.size };
  });
  const [best = { ids: written, kept: 0, items: 0 }] = counts.toSorted((a, b) => b.kept - a.kept);
  replaceFile(path, withIds(best.ids));
  return best;
}
