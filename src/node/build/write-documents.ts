import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArticleSource, Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { createApp } from '../../http/app.ts';
import { notFoundPage } from '../../http/error-pages.ts';
import { redirectView } from '../../http/views/redirect-view.ts';
import { articlePath, type PageAddress, pagePath, subscribePath } from '../../publication/address.ts';
import type { Page } from '../../publication/page.ts';
import type { Edition } from '../../publication/publication.ts';
import { forEachConcurrently, type OnProgress } from '../terminal/progress.ts';

/** A document: its path in the app, and the file that it is written to. */
interface DocumentFile {
  readonly path: string;
  readonly file: string;
  /** The page that the file redirects to, if the app has no document at the path yet. */
  readonly meanwhile?: Page;
}

/** Writes every document as the app answers it, so that a static host serves the same; returns their count. */
export async function writeDocuments(
  edition: Edition,
  shown: readonly ArticleSource[],
  folder: string,
  now: Instant,
  onProgress: OnProgress,
): Promise<number> {
  const app = createApp({ edition: async () => edition }, { now: () => Date.parse(now) });
  const documents = await listDocuments(edition, shown, now);
  const made = new Map<string, Promise<unknown>>();
  const contentOf = async ({ path, meanwhile }: DocumentFile): Promise<string | Uint8Array> => {
    if (meanwhile !== undefined) return redirectTo(meanwhile);
    const response = await app.request(`/${path}`);
    if (!response.ok) throw new Error(`/${path} answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const write = async (document: DocumentFile): Promise<void> => {
    const content = await contentOf(document);
    const { file } = document;
    const target = join(folder, decodeURIComponent(file));
    const parent = dirname(target);
    const making = made.get(parent) ?? mkdir(parent, { recursive: true });
    made.set(parent, making);
    await making;
    await writeFile(target, content);
  };
  // Renders further documents while the disk writes.
  await forEachConcurrently(documents, 8, write, (done) => onProgress(done, documents.length + 1));
  // Static hosts show this page at any depth, so its links start at the root.
  const root = new URL(edition.site.url).pathname;
  await writeFile(join(folder, '404.html'), await notFoundPage(edition.site, root));
  return documents.length + 1;
}

/** Lists all documents except `404.html`. */
async function listDocuments(
  edition: Edition,
  shown: readonly ArticleSource[],
  now: Instant,
): Promise<readonly DocumentFile[]> {
  const documents: DocumentFile[] = [];
  const add = (path: string, file = path): void => void documents.push({ path, file });
  const addPages = async (run: PageAddress): Promise<void> => {
    const current = await edition.page(run, now);
    const archives = current?.olderArchive ?? 0;
    // The feeds of the archive page after the last full one are written as well; they equal the current ones.
    const pages = archives === 0 ? 0 : archives + 1;
    for (let archive = 0; archive <= pages; archive++) {
      const address = archive === 0 ? run : { ...run, archive };
      const path = pagePath(address);
      const file = path === '' ? 'index.html' : `${path}.html`;
      if (archive > archives) documents.push(omitUndefined({ path, file, meanwhile: current }));
      else add(path, file);
      for (const { file } of formats) add(feedPath(address, file));
    }
  };
  await addPages({});
  for (const slice of (await edition.slices(now)).slices) await addPages({ slice });
  const archives = (await edition.page({}, now))?.olderArchive ?? 0;
  for (const path of ['feeds.opml', 'sitemap.xml', 'robots.txt']) add(path);
  for (let archive = 1; archives > 0 && archive <= archives + 1; archive++) add(`${pagePath({ archive })}/sitemap.xml`);
  add(subscribePath, `${subscribePath}.html`);
  if (edition.site.theme?.style !== undefined) add('theme.css');
  for (const { head } of shown) {
    const path = articlePath(head.slug);
    add(path, `${path}.html`);
  }
  return documents;
}

/** Writes the page at the address of an archive page that is not full yet, until a later build writes that one. */
function redirectTo({ site, address }: Page): Promise<string> {
  const { title, language, url } = site;
  return redirectView({ title, language, address: new URL(pagePath(address), url).href });
}
