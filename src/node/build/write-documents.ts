import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArticleSource, Instant } from '../../article/article.ts';
import { formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { createApp } from '../../http/app.ts';
import { notFoundPage } from '../../http/error-pages.ts';
import { articlePath, type PageAddress, pagePath, subscribePath } from '../../publication/address.ts';
import type { Edition } from '../../publication/publication.ts';
import { forEachConcurrently, type OnProgress } from '../terminal/progress.ts';

/** A document: its path in the app, and the file that it is written to. */
type DocumentFile = readonly [path: string, file: string];

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
  const write = async ([path, file]: DocumentFile): Promise<void> => {
    const response = await app.request(`/${path}`);
    if (!response.ok) throw new Error(`/${path} answered ${response.status}`);
    const target = join(folder, decodeURIComponent(file));
    const parent = dirname(target);
    const making = made.get(parent) ?? mkdir(parent, { recursive: true });
    made.set(parent, making);
    await making;
    await writeFile(target, new Uint8Array(await response.arrayBuffer()));
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
  const addPages = async (run: PageAddress): Promise<void> => {
    const archives = (await edition.page(run, now))?.olderArchive ?? 0;
    // The archive page after the last full one is written as well; it equals the current page.
    const pages = archives === 0 ? 0 : archives + 1;
    for (let archive = 0; archive <= pages; archive++) {
      const address = archive === 0 ? run : { ...run, archive };
      const path = pagePath(address);
      documents.push([path, path === '' ? 'index.html' : `${path}.html`]);
      for (const { file } of formats) {
        const path = feedPath(address, file);
        documents.push([path, path]);
      }
    }
  };
  await addPages({});
  for (const slice of (await edition.slices(now)).slices) await addPages({ slice });
  const archives = (await edition.page({}, now))?.olderArchive ?? 0;
  const lists = ['feeds.opml', 'sitemap.xml', 'robots.txt'];
  for (let archive = 1; archives > 0 && archive <= archives + 1; archive++)
    lists.push(`${pagePath({ archive })}/sitemap.xml`);
  for (const path of lists) documents.push([path, path]);
  documents.push([subscribePath, `${subscribePath}.html`]);
  if (edition.site.theme?.style !== undefined) documents.push(['theme.css', 'theme.css']);
  for (const { head } of shown) {
    const path = articlePath(head.slug);
    documents.push([path, `${path}.html`]);
  }
  return documents;
}
