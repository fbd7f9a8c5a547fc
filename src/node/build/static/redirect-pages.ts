import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArticleSource, Instant } from '../../../article/article.ts';
import { redirectView } from '../../../http/views/redirect-view.ts';
import { canonicalAddress, decodePart } from '../../../publication/addresses/address.ts';
import { articlesByOldPath, oldPathOf } from '../../../publication/addresses/old-addresses.ts';
import type { Edition } from '../../../publication/publication.ts';
import { hasPages } from '../../../publication/site/site.ts';
import { tryCreateFile } from '../../disk/write/create-file.ts';
import { digest } from '../draft/article-names.ts';
import type { Draft } from '../draft/draft.ts';

/** An old path, from the root of the site, and the address that it leads to. */
export type Redirect = readonly [from: string, to: string];

/**
 * Writes an HTML page that redirects at the old address of each article, which works on every host. `ordered` are the
 * published articles, oldest first. Returns all redirects, newest first, for hosts that support real ones.
 *
 * Skips a path that the app does not redirect, because it means something else on this site, and a path that has a
 * file.
 */
export async function writeRedirectPages(
  edition: Edition,
  ordered: readonly ArticleSource[],
  draft: Draft,
  now: Instant,
): Promise<readonly Redirect[]> {
  const { site } = edition;
  const moved = articlesByOldPath(ordered, site);
  if (moved.size === 0) return [];
  // Loaded only now, because the app is no other part of a build.
  const { createApp } = await import('../../../http/app.ts');
  const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  const redirects: Redirect[] = [];
  for (const [path, { head }] of moved) {
    const file = fileAt(path);
    if (file === undefined || (await isFile(join(draft.folder, file.path)))) continue;
    const to = canonicalAddress(head, site);
    const { headers } = await app.request(`/${path}`, { method: 'HEAD' });
    if (headers.get('Location') !== to) continue;
    const hasSlash = oldPathOf(head, site) === path && new URL(head.permalink).pathname.endsWith('/');
    redirects.push([hasSlash ? `/${path}/` : `/${path}`, to]);
    if (!hasPages(site)) continue;
    const { title, language = site.language } = head;
    const page = await redirectView({ title, language, address: to });
    await tryCreateFile(join(draft.folder, file.page), () =>
      draft.add(file.page, digest(page), (place) => writeFile(place, page, { flag: 'wx' })),
    );
  }
  return redirects.reverse();
}

/** The file at a path, and the file that hosts serve there as a page; `undefined` if the path is unsafe. */
function fileAt(path: string): { readonly path: string; readonly page: string } | undefined {
  const parts = path.split('/').map((part) => decodePart(part) ?? '');
  // A decoded slash is part of a name, and hosts give names such as `_redirects` a meaning.
  if (path.startsWith('_') || parts.some((part) => /^\.{0,2}$|[/\\\0]/.test(part))) return undefined;
  const file = parts.join('/');
  return { path: file, page: /\.html?$/i.test(file) ? file : `${file}/index.html` };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
