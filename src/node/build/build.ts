import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Article, type ArticleSource, type Instant, oldestFirst } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { publish } from '../../publication/memory.ts';
import { isDue } from '../../publication/publication.ts';
import type { Site } from '../../publication/site.ts';
import { editionPath, objectPath, objectsFolder } from '../../publication/stored.ts';
import type { ArticleFiles } from '../folder/article-files.ts';
import { type ShowProgress, showNoProgress } from '../terminal/progress.ts';
import { copyMedia, findMedia } from './copy-media.ts';
import { copyAssetsIgnore, copyRootFiles } from './copy-root-files.ts';
import { readEarlierBuild, settleChange } from './earlier-build.ts';
import { mediaHeaders, writeHostRules } from './host-rules.ts';
import { writeRedirectPages } from './redirect-pages.ts';
import { writeDocuments } from './write-documents.ts';
import { writeObjects } from './write-objects.ts';

/** What a build wrote. */
export interface Built {
  readonly articles: number;
  /** Files that stand beside the articles. */
  readonly files: number;
  /** The publication's own files at the site's root. */
  readonly rootFiles: number;
  readonly documents: number;
  readonly objects: number;
}

/**
 * The folder that a worker is deployed with. It stands beside the static site, since it holds articles that are not
 * due yet.
 */
export function edgeFolder(out: string): string {
  return `${resolve(out)}-edge`;
}

/**
 * Writes a publication as files: every document under its own path for a static host, and in a folder beside it
 * (`{@link edgeFolder}`) what the worker is deployed with, that is the stored pages. Both have the files
 * of the publication's `public/`, where nothing of the site's own has their name, and those of the package's.
 *
 * `changed` is when the publication last changed in any way; `files` are what lies beside the articles, of which those
 * are copied that an article names. `edgeOnly` leaves out the static site, which is a file for every article and more.
 * `showProgress` is told of articles, objects and documents, one after the other.
 *
 * Each folder appears as a whole or not at all. An earlier build in its place is replaced, and the articles that it had
 * and this one hasn't are remembered as withdrawn; anything else is left alone and is an error.
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
): Promise<Built> {
  const target = resolve(out);
  const edge = edgeFolder(out);
  const mark = join(edge, editionPath);
  await refuseForeign(edge, mark);
  // A build of the edge alone says nothing about the folder of documents.
  if (!edgeOnly) await refuseForeign(target, mark, join(target, 'feeds.opml'));
  const ordered = sources.toSorted((a, b) => oldestFirst(a.head, b.head)).map(renderedOnce);
  const earlier = await readEarlierBuild(edge, now);
  const media =
    files === undefined
      ? undefined
      : await showProgress('articles', async (onProgress) => findMedia(site, ordered, onProgress));
  const copy = async (sources: readonly ArticleSource[], draft: string): Promise<number> => {
    const paths = sources.flatMap((source) => media?.get(source) ?? []);
    return files === undefined ? 0 : copyMedia(paths, files, draft);
  };
  let copied = 0;
  let rootFiles = 0;
  const objects = await replaceFolder(edge, async (draft) => {
    copied = await copy(ordered, draft);
    if (copied > 0) await writeFile(join(draft, '_headers'), mediaHeaders);
    const written = new Set<string>();
    await mkdir(join(draft, objectsFolder), { recursive: true });
    const stored = await showProgress('objects', (onProgress) =>
      writeObjects(site, ordered, now, earlier, async (ref, text) => {
        if (written.has(ref)) return;
        written.add(ref);
        await writeFile(join(draft, objectPath(ref)), text);
        onProgress(written.size);
      }),
    );
    const settled = settleChange(stored, earlier, changed, now);
    const edition = { ...stored, ...omitUndefined({ changed: settled }) };
    await writeFile(join(draft, editionPath), JSON.stringify(edition));
    rootFiles = await copyRootFiles(files?.dir, draft);
    if (files !== undefined) await copyAssetsIgnore(files.dir, draft);
    return written.size + 1;
  });
  const counts = { articles: ordered.length, objects };
  if (edgeOnly) return { ...counts, documents: 0, files: copied, rootFiles };
  const edition = publish(site, ordered, now);
  const due = ordered.filter(({ head }) => isDue(head, now));
  const documents = await replaceFolder(target, async (draft) => {
    copied = await copy(due, draft);
    const written = await showProgress('documents', (onProgress) =>
      writeDocuments(edition, due, draft, now, onProgress),
    );
    rootFiles = await copyRootFiles(files?.dir, draft);
    await writeHostRules(site, draft, copied > 0, await writeRedirectPages(edition, due, draft, now));
    return written;
  });
  return { ...counts, documents, files: copied, rootFiles };
}

/** An article is rendered for its pages, for the worker, and to see which files it names. */
export function renderedOnce(source: ArticleSource): ArticleSource {
  let rendered: Article | undefined;
  return {
    head: source.head,
    article: () => {
      rendered ??= source.article();
      return rendered;
    },
  };
}

async function refuseForeign(target: string, ...marks: readonly string[]): Promise<void> {
  if (!existsSync(target) || marks.every((mark) => existsSync(mark))) return;
  if (statSync(target).isDirectory() && (await readdir(target)).length === 0) return;
  throw new Error(`${target} holds files that no build made; choose another folder with --out or empty it`);
}

/** Fills a folder with what `write` adds, and only then puts it in the place of the old. */
async function replaceFolder(target: string, write: (draft: string) => Promise<number>): Promise<number> {
  const draft = join(dirname(target), `.${basename(target)}-${process.pid}`);
  try {
    await mkdir(draft, { recursive: true });
    const written = await write(draft);
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
    return written;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
