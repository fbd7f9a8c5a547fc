import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArticleSource, Instant } from '../../article/article.ts';
import { createApp } from '../../http/app.ts';
import { movedView } from '../../http/views/moved-view.ts';
import { pageAddress } from '../../publication/address.ts';
import { byFormerPath } from '../../publication/former.ts';
import type { Edition } from '../../publication/publication.ts';
import { tryCreateFile } from '../disk/create-file.ts';

/** A path of old, from the root of the site on, and the address to which it leads. */
export type Moved = readonly [from: string, to: string];

/**
 * Writes a page that leads on to wherever an article was before its site came here, which every host understands; `ordered`
 * are the articles that are due, oldest first. Returns all such paths, newest first, for hosts that can do better.
 *
 * What the app doesn't send on has another meaning on this site, and so has a path at which there is a file already.
 */
export async function writeMoved(
  edition: Edition,
  ordered: readonly ArticleSource[],
  folder: string,
  now: Instant,
): Promise<readonly Moved[]> {
  const { site } = edition;
  const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  const moved: Moved[] = [];
  for (const [path, { head }] of byFormerPath(ordered, site)) {
    const file = fileAt(path);
    if (file === undefined || (await isFile(join(folder, file.path)))) continue;
    const to = pageAddress(head.slug, site);
    const { headers } = await app.request(`/${path}`, { method: 'HEAD' });
    if (headers.get('Location') !== to) continue;
    moved.push([`/${path}${new URL(head.permalink).pathname.endsWith('/') ? '/' : ''}`, to]);
    const page = await movedView(head, site);
    await tryCreateFile(join(folder, file.page), (path) => writeFile(path, page, { flag: 'wx' }));
  }
  return moved.reverse();
}

/** The file that a path means, and the one that hosts answer it with as a page; `undefined` where it means none on a disk. */
function fileAt(path: string): { readonly path: string; readonly page: string } | undefined {
  try {
    const parts = path.split('/').map(decodeURIComponent);
    // A slash that was encoded is no slash, and hosts have a meaning for names such as `_redirects`.
    if (path.startsWith('_') || parts.some((part) => /^\.{0,2}$|[/\\\0]/.test(part))) return undefined;
    const file = parts.join('/');
    return { path: file, page: /\.html?$/i.test(file) ? file : `${file}/index.html` };
  } catch {
    return undefined;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
