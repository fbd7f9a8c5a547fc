import type { Finding, LintedArticle } from './linted-article.ts';
import { shown } from './reference-lints.ts';

/** Bytes of a large picture. Lighthouse's slow phone (1.6 Mbit/s) loads them in a second and a half. */
const large = 300_000;

/** Finds large pictures in the body and in front matter that pages load whole, because nothing makes smaller ones. */
export function largePictures({ references, written, findFile, site }: LintedArticle): readonly Finding[] {
  if (!site.showsWholePictures) return [];
  const inFront = written.files.filter(({ kind }) => kind === 'image');
  const inBody = references.all
    .filter(({ kind }) => kind === 'picture')
    .map(({ address, at }) => ({ address, place: written.bodyPlace(at) }));
  return [...inFront, ...inBody].flatMap(({ address, place }) => {
    const { type = '', length = 0, width, height } = findFile(address) ?? {};
    if (!/^image\/(?:jpeg|png)$/.test(type) || length <= large) return [];
    const pixels = width === undefined || height === undefined ? '' : ` (${width} × ${height} pixels)`;
    const message = `the picture ${shown(address)}${pixels} has ${Math.round(length / 1000)} kB, and phones load all of it; set "pictures: sharp" in publication.yaml to make smaller versions, or save it smaller`;
    return [{ place, message }];
  });
}
