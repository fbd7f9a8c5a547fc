import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type ArticleSource, type Instant, oldestFirst } from '../article/article.ts';
import { formats } from '../feed/formats.ts';
import { feedPath } from '../feed/links.ts';
import { createApp } from '../http/app.ts';
import { articlePath, type PageAddress, pagePath } from '../publication/address.ts';
import { publish } from '../publication/memory.ts';
import type { Edition } from '../publication/publication.ts';
import { isDue } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import { editionPath } from '../publication/stored.ts';
import type { ArticleFiles } from './article-files.ts';
import { copyMedia, findMedia } from './copy-media.ts';
import { publicFolder } from './public-files.ts';
import { publishedSlugs, writeObjects } from './write-objects.ts';

/** What a build wrote. */
export interface Built {
  readonly articles: number;
  /** Files that stand beside the articles. */
  readonly files: number;
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
 * (`{@link edgeFolder}`) what the worker is deployed with, that is the stored pages and the files of `public/`.
 *
 * `changed` is when the publication last changed in any way; `files` are what lies beside the articles, of which those
 * are copied that an article names.
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
): Promise<Built> {
  const target = resolve(out);
  const edge = edgeFolder(out);
  for (const folder of [target, edge]) await refuseForeign(folder, join(edge, editionPath));
  const ordered = sources.toSorted((a, b) => oldestFirst(a.head, b.head));
  const history = changed === undefined ? {} : { changed };
  const known = await publishedSlugs(edge);
  const media = files === undefined ? undefined : findMedia(site, ordered);
  const copy = async (sources: readonly ArticleSource[], draft: string): Promise<number> => {
    const paths = sources.flatMap((source) => media?.get(source) ?? []);
    return files === undefined ? 0 : copyMedia(paths, files, draft);
  };
  const objects = await replaceFolder(edge, async (draft) => {
    await copy(ordered, draft);
    return writeObjects(site, ordered, draft, now, { ...history, known });
  });
  const edition = publish(site, ordered, now, history);
  const due = ordered.filter(({ head }) => isDue(head, now));
  let copied = 0;
  const documents = await replaceFolder(target, async (draft) => {
    copied = await copy(due, draft);
    return writeDocuments(edition, due, draft, now);
  });
  return { articles: ordered.length, documents, objects, files: copied };
}

async function refuseForeign(target: string, mark: string): Promise<void> {
  if (!existsSync(target) || existsSync(mark)) return;
  if (statSync(target).isDirectory() && (await readdir(target)).length === 0) return;
  throw new Error(`${target} holds files that no build made; choose another folder with --out or empty it`);
}

/** Fills a folder with the files of `public/` and what `write` adds, and only then puts it in the place of the old. */
async function replaceFolder(target: string, write: (draft: string) => Promise<number>): Promise<number> {
  const draft = join(dirname(target), `.${basename(target)}-${process.pid}`);
  try {
    await mkdir(draft, { recursive: true });
    await cp(publicFolder, draft, { recursive: true });
    const written = await write(draft);
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
    return written;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Asks the app itself for each document, so that a static host serves what a server would. */
async function writeDocuments(
  edition: Edition,
  due: readonly ArticleSource[],
  folder: string,
  now: Instant,
): Promise<number> {
  const app = createApp({ edition: async () => edition }, { now: () => Date.parse(now) });
  let written = 0;
  const save = async (path: string, file: string): Promise<void> => {
    const response = await app.request(`/${path}`);
    if (!response.ok) throw new Error(`/${path} answered ${response.status}`);
    const target = join(folder, decodeURIComponent(file));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, new Uint8Array(await response.arrayBuffer()));
    written++;
  };
  for (
    let page = await edition.page({}, now);
    page !== undefined;
    page = await olderPage(edition, page, now)
  ) {
    const path = pagePath(page.address);
    await save(path, path === '' ? 'index.html' : `${path}.html`);
    for (const { file } of formats) {
      const path = feedPath(page.address, file);
      await save(path, path);
    }
  }
  for (const { head } of due) {
    const path = articlePath(head.slug);
    await save(path, `${path}.html`);
  }
  return written;
}

async function olderPage(edition: Edition, { olderArchive }: { olderArchive?: number }, now: Instant) {
  if (olderArchive === undefined) return undefined;
  const address: PageAddress = { archive: olderArchive };
  return edition.page(address, now);
}
