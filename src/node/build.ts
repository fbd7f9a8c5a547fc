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
import {
  blockPath,
  editionPath,
  type StoredBlock,
  type StoredEdition,
  type StoredSlugs,
  slugsPath,
  storedForm,
} from '../publication/stored.ts';
import { publicFolder } from './public-files.ts';

/** What a build wrote. */
export interface Built {
  readonly articles: number;
  readonly documents: number;
  readonly objects: number;
}

/** The folder inside the output that a worker is deployed with. */
export const edgeFolder = '_edge';

/**
 * Writes a publication as files: every document under its own path for a static host, and under `_edge/` what the
 * worker is deployed with, that is the stored pages and the files of `public/`.
 *
 * The output appears as a whole or not at all; an earlier build in its place is replaced, anything else is left
 * alone and is an error.
 */
export async function build(
  site: Site,
  sources: readonly ArticleSource[],
  out: string,
  now: Instant,
): Promise<Built> {
  const target = resolve(out);
  await refuseForeign(target);
  const draft = join(dirname(target), `.${basename(target)}-${process.pid}`);
  try {
    await mkdir(draft, { recursive: true });
    await cp(publicFolder, draft, { recursive: true });
    await cp(publicFolder, join(draft, edgeFolder), { recursive: true });
    const ordered = sources.toSorted((a, b) => oldestFirst(a.head, b.head));
    const objects = await writeObjects(site, ordered, join(draft, edgeFolder), now);
    const documents = await writeDocuments(publish(site, ordered, now), ordered, draft, now);
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
    return { articles: ordered.length, documents, objects };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function refuseForeign(target: string): Promise<void> {
  if (!existsSync(target) || existsSync(join(target, edgeFolder, editionPath))) return;
  if (statSync(target).isDirectory() && (await readdir(target)).length === 0) return;
  throw new Error(`${target} holds files that no build made; choose another folder with --out or empty it`);
}

/** Writes what the worker reads: the edition, its articles in blocks, and where each slug stands. */
async function writeObjects(
  site: Site,
  ordered: readonly ArticleSource[],
  folder: string,
  now: Instant,
): Promise<number> {
  const slugs = new Map<string, Record<string, number>>();
  const blocks = Math.ceil(ordered.length / site.items);
  for (let number = 1; number <= blocks; number++) {
    const articles = ordered.slice((number - 1) * site.items, number * site.items);
    const block: StoredBlock = articles.map((source) => source.article());
    await writeJson(join(folder, blockPath(number)), block);
    for (const { head } of articles) {
      const path = slugsPath(head.slug);
      slugs.set(path, { ...slugs.get(path), [head.slug]: number });
    }
  }
  for (const [path, shard] of slugs) await writeJson(join(folder, path), shard satisfies StoredSlugs);
  const edition: StoredEdition = {
    form: storedForm,
    site,
    count: ordered.length,
    upcoming: ordered.filter(({ head }) => !isDue(head, now)).map(({ head }) => head.published),
  };
  await writeJson(join(folder, editionPath), edition);
  return blocks + slugs.size + 1;
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
  for (const { head } of ordered.filter(({ head }) => isDue(head, now))) {
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

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(value));
}
