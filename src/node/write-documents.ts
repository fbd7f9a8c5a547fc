import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArticleSource, Instant } from '../article/article.ts';
import { formats } from '../feed/formats.ts';
import { feedPath } from '../feed/links.ts';
import { createApp } from '../http/app.ts';
import { notFoundPage } from '../http/error-pages.ts';
import { articlePath, type PageAddress, pagePath, subscribePath } from '../publication/address.ts';
import type { Edition } from '../publication/publication.ts';

/** Asks the app itself for each document, so that a static host serves what a server would. */
export async function writeDocuments(
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
  await save(subscribePath, `${subscribePath}.html`);
  if (edition.site.theme?.style !== undefined) await save('theme.css', 'theme.css');
  // Static hosts answer with it wherever nothing is, so its links begin at the root.
  const root = new URL(edition.site.url).pathname;
  await writeFile(join(folder, '404.html'), await notFoundPage(edition.site, root));
  written++;
  for (const { head } of due) {
    const path = articlePath(head.slug);
    await save(path, `${path}.html`);
  }
  return written;
}
