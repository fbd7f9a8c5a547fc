import { shown } from './link-lints.ts';
import type { Finding, LintedArticle } from './linted-article.ts';

/** Finds pictures of which nobody who doesn't see them learns anything: in the body, and the article's own. */
export function missingAlt({ references, written }: LintedArticle): readonly Finding[] {
  const inFront = written.files
    .filter(({ kind, hasAlt }) => kind === 'image' && !hasAlt)
    .map(({ place, address }) => ({
      place,
      message: `the picture ${shown(address)} has no alternative text; write a map with "url" and "alt" in its place`,
    }));
  const inBody = references.all
    .filter(({ kind, alt }) => kind === 'picture' && alt === undefined)
    .map(({ address, at }) => ({
      place: written.bodyPlace(at),
      message: `the picture ${shown(address)} has no alternative text; say what it shows: ![what it shows](…), or alt="" if it shows nothing that counts`,
    }));
  return [...inFront, ...inBody];
}
