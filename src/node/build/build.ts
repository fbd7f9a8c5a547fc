import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ArticleSource, type Instant, oldestFirst } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { once } from '../../article/once.ts';
import { publish } from '../../publication/memory.ts';
import { hasExpired, isShown } from '../../publication/publication.ts';
import type { Site } from '../../publication/site.ts';
import { editionPath, objectPath, objectsFolder, storedFolder } from '../../publication/stored.ts';
import { pathInside } from '../disk/inside.ts';
import { isVacant } from '../disk/write/merge-folder.ts';
import { realTarget } from '../disk/write/real-target.ts';
import { isUnfinished, replaceFolders } from '../disk/write/replace-folder.ts';
import { flushFiles } from '../disk/write/write-file.ts';
import type { ArticleFiles } from '../folder/article-files.ts';
import { findSiteRootFile, listSiteRootPaths } from '../folder/site-root-files.ts';
import { type ShowProgress, showNoProgress } from '../terminal/progress.ts';
import { copyMedia, findMedia, type MediaPaths } from './copy-media.ts';
import { copyAssetsIgnore, copyRootFiles } from './copy-root-files.ts';
import { type EarlierBuild, earlierPointers, lastChange, readEarlierBuild } from './earlier-build.ts';
import { mediaHeaders, writeHostRules } from './host-rules.ts';
import { writeRedirectPages } from './redirect-pages.ts';
import { writeDocuments } from './write-documents.ts';
import { type Describe, undescribed, writeObjects } from './write-objects.ts';

/** How many of each kind a build wrote. */
export interface Built {
  readonly articles: number;
  /** Media files beside the articles. */
  readonly files: number;
  /** Files of the publication's own `public/`. */
  readonly rootFiles: number;
  readonly documents: number;
  readonly objects: number;
}

/** The folder that a worker is deployed with. It is outside the static site, since it holds scheduled articles. */
export function edgeFolder(out: string): string {
  return `${resolve(out)}-edge`;
}

/** What both folders are made from. */
interface BuildInput {
  readonly site: Site;
  /** Oldest first. */
  readonly ordered: readonly ArticleSource[];
  readonly now: Instant;
  readonly changed: Instant | undefined;
  readonly files: ArticleFiles | undefined;
  readonly media: MediaPaths | undefined;
  readonly showProgress: ShowProgress;
  readonly describe: Describe;
}

/** What a build knows of the past and of its files. */
export interface BuildMemory {
  /** What was published before, by default by the build that is replaced. */
  readonly earlier?: EarlierBuild | undefined;
  /** Describes articles for the ledger. */
  readonly describe?: Describe;
}

/**
 * Writes a publication as files: every document under its own path for a static host, and beside it, in `edgeFolder`,
 * the stored pages that a worker is deployed with. Both folders get the files of the publication's `public/` and of the
 * package's, except where the site has a document of the same name.
 *
 * `changed` is when the publication last changed. `files` finds media beside the articles; those that an article links
 * to are copied, except those of expired articles alone. `edgeOnly` skips the static site, which has a file for every
 * article and more. `showProgress` follows articles, objects and documents.
 *
 * Rejects if an article cannot be rendered, and while another build writes into the same folders. Each folder is replaced
 * as a whole or not at all. Articles of an earlier build that are missing now are recorded as withdrawn. A folder that holds
 * no build but something else, or the articles, is left alone, and is an error.
 */
export async function build(
  site: Site,
  sources: readonly ArticleSource[],
  out: string,
  now: Instant,
  changed?: Instant,
  files?: ArticleFiles,
  edgeOnly = false,
  showProgress: ShowProgress = showNoProgress,
  { earlier, describe = undescribed }: BuildMemory = {},
): Promise<Built> {
  const edge = edgeFolder(out);
  requireReplaceable(edge, (path) => earlierPointers.some((pointer) => existsSync(join(path, pointer))));
  // An edge-only build does not write into the folder of documents.
  if (!edgeOnly) requireReplaceable(resolve(out), (path) => siteMarks.every((mark) => existsSync(join(path, mark))));
  const folders = edgeOnly ? [edge] : [edge, resolve(out)];
  for (const folder of folders) if (files !== undefined) requireOutside(files.dir, folder);
  return replaceFolders(folders, async ([edgeDraft = '', siteDraft]) => {
    const ordered = sources.toSorted((a, b) => oldestFirst(a.head, b.head)).map(renderedOnce);
    requireRenderable(ordered);
    const media = files && (await showProgress('articles', async (onProgress) => findMedia(site, ordered, onProgress)));
    const input = { site, ordered, now, changed, files, media, showProgress, describe };
    const stored = await buildEdge(input, earlier ?? (await readEarlierBuild(edge, now)), edgeDraft);
    const documents = siteDraft === undefined ? { documents: 0 } : await buildSite(input, siteDraft);
    return { articles: ordered.length, ...stored, ...documents };
  });
}

/** Wraps a source so that its article, which is needed for media, the static site and the worker, is rendered once. */
export function renderedOnce(source: ArticleSource): ArticleSource {
  return { head: source.head, article: once(() => source.article()) };
}

/** Throws an error that names every article that cannot be rendered: left out, it would be taken for withdrawn. */
function requireRenderable(sources: readonly ArticleSource[]): void {
  const failures = sources.flatMap((source) => {
    try {
      source.article();
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

/** Writes the folder for the worker. */
async function buildEdge(
  { site, ordered, now, changed, files, media, showProgress, describe }: BuildInput,
  earlier: EarlierBuild,
  draft: string,
): Promise<Pick<Built, 'objects' | 'files' | 'rootFiles'>> {
  const current = ordered.filter(({ head }) => !hasExpired(head, now));
  const copied = await copyMedia(current, media, files, draft);
  if (copied > 0) await writeFile(join(draft, '_headers'), mediaHeaders);
  await mkdir(join(draft, objectsFolder), { recursive: true });
  let objects = 0;
  const edition = await showProgress('objects', (onProgress) =>
    writeObjects(
      site,
      ordered,
      now,
      earlier.ledger,
      async (ref, content) => {
        await writeFile(join(draft, objectPath(ref)), content);
        onProgress(++objects);
      },
      describe,
    ),
  );
  const dated = { ...edition, ...omitUndefined({ changed: lastChange(edition, earlier, changed, now) }) };
  await writeFile(join(draft, editionPath), JSON.stringify(dated));
  // The only record of what was withdrawn.
  await flushFiles(join(draft, storedFolder));
  const rootFiles = await copyRootFiles(files?.dir, draft);
  if (files !== undefined) await copyAssetsIgnore(files.dir, draft);
  return { objects: objects + 1, files: copied, rootFiles };
}

/** Writes the folder for a static host, without the articles that are not due yet or have expired. */
async function buildSite(
  { site, ordered, now, files, media, showProgress }: BuildInput,
  draft: string,
): Promise<Pick<Built, 'documents' | 'files' | 'rootFiles'>> {
  const edition = publish(site, ordered, now);
  const shown = ordered.filter(({ head }) => isShown(head, now));
  const copied = await copyMedia(shown, media, files, draft);
  const documents = await showProgress('documents', (onProgress) =>
    writeDocuments(edition, shown, draft, now, onProgress),
  );
  const rootFiles = await copyRootFiles(files?.dir, draft);
  const own =
    files === undefined ? [] : listSiteRootPaths(files.dir).filter((path) => findSiteRootFile(files.dir, path));
  await writeHostRules(site, draft, own, await writeRedirectPages(edition, shown, draft, now));
  return { documents, files: copied, rootFiles };
}

/** Files that every static site has, and that together no other folder has. */
const siteMarks: readonly string[] = ['feeds.opml', 'sitemap.xml', '404.html', '_headers', '_redirects'];

/** Throws unless a folder is absent, empty, or an earlier build. */
function requireReplaceable(folder: string, isBuild: (folder: string) => boolean): void {
  if (!existsSync(folder) || isBuild(folder)) return;
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is a file; choose another name with --out`);
  if (isVacant(folder) || isUnfinished(folder)) return;
  throw new Error(`${folder} holds files that no build wrote; choose another folder with --out, or empty this one`);
}

/** Throws if the articles are inside a folder that a build replaces: it would delete them. */
function requireOutside(dir: string, folder: string): void {
  if (pathInside(realTarget(folder), realTarget(dir)) !== undefined)
    throw new Error(`${folder} holds the articles, which a build would delete; choose another folder with --out`);
}
