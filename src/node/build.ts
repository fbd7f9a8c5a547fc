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
import { editionPath, objectPath, objectsFolder } from '../publication/stored.ts';
import { readEarlierBuild } from './earlier-build.ts';
import { publicFolder } from './public-files.ts';
import { writeObjects } from './write-objects.ts';

/** What a build wrote. */
export interface Built {
  readonly articles: number;
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
 * `changed` is when the publication last changed in any way.
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
): Promise<Built> {
  const target = resolve(out);
  const edge = edgeFolder(out);
  for (const folder of [target, edge]) await refuseForeign(folder, join(edge, editionPath));
  const ordered = sources.toSorted((a, b) => oldestFirst(a.head, b.head));
  const stamp = changed === undefined ? {} : { changed };
  const earlier = await readEarlierBuild(edge, now);
  const objects = await replaceFolder(edge, async (draft) => {
    const written = new Set<string>();
    await mkdir(join(draft, objectsFolder), { recursive: true });
    const stored = await writeObjects(site, ordered, now, { earlier, ...stamp }, async (ref, text) => {
      if (written.has(ref)) return;
      written.add(ref);
      await writeFile(join(draft, objectPath(ref)), text);
    });
    await writeFile(join(draft, editionPath), JSON.stringify(stored));
    return written.size + 1;
  });
  const edition = publish(site, ordered, now, stamp);
  const documents = await replaceFolder(target, (draft) => writeDocuments(edition, ordered, draft, now));
  return { articles: ordered.length, documents, objects };
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
  ordered: readonly ArticleSource[],
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
  const savePages = async (run: PageAddress): Promise<void> => {
    const archives = (await edition.page(run, now))?.olderArchive ?? 0;
    // The archive page that is still filling stands too, as the current one.
    const pages = archives === 0 ? 0 : archives + 1;
    for (let archive = 0; archive <= pages; archive++) {
      const address = archive === 0 ? run : { ...run, archive };
      const path = pagePath(address);
      await save(path, path === '' ? 'index.html' : `${path}.html`);
      for (const { file } of formats) {
        const path = feedPath(address, file);
        await save(path, path);
      }
    }
  };
  await savePages({});
  for (const slice of (await edition.slices(now)).slices) await savePages({ slice });
  const archives = (await edition.page({}, now))?.olderArchive ?? 0;
  const lists = ['feeds.opml', 'sitemap.xml', 'robots.txt'];
  for (let archive = 1; archives > 0 && archive <= archives + 1; archive++)
    lists.push(`${pagePath({ archive })}/sitemap.xml`);
  for (const path of lists) await save(path, path);
  for (const { head } of ordered.filter(({ head }) => isDue(head, now))) {
    const path = articlePath(head.slug);
    await save(path, `${path}.html`);
  }
  return written;
}
