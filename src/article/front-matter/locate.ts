import type { FindFile, LocalFile } from '../article.ts';
import { canonicalUrl } from '../web-address.ts';
import { text } from './read.ts';
import type { Value } from './value.ts';

/** Where the files that an article names are found. */
export interface Place {
  /** Absolute URL of the article. */
  readonly permalink: string;
  readonly findFile?: FindFile | undefined;
}

/**
 * Finds what an address means: a file that the site serves, else something elsewhere.
 *
 * A path from the site's root may be served by another part of the site; one from the article's folder is that of a
 * file that lies there or of none.
 */
export function locate(
  value: Value,
  { permalink, findFile }: Place,
): { url: string; file?: LocalFile } | undefined {
  const written = value.kind === 'scalar' ? text(value) : undefined;
  if (written === undefined) return undefined;
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(written)) {
    const url = URL.canParse(written, permalink) ? canonicalUrl(new URL(written, permalink).href) : undefined;
    return url === undefined ? undefined : { url };
  }
  const file = findFile?.(written);
  if (file !== undefined) return { url: file.url, file };
  if ((findFile !== undefined && !written.startsWith('/')) || !URL.canParse(written, permalink))
    return undefined;
  const url = canonicalUrl(new URL(written, permalink).href);
  return url === undefined ? undefined : { url };
}
