import type { FindFile, LocalFile } from '../article.ts';
import { canonicalUrl } from '../web-address.ts';
import { text } from './read.ts';
import type { Value } from './value.ts';

/** What the addresses of files are resolved against. */
export interface Place {
  /** Absolute URL of the article. */
  readonly permalink: string;
  readonly findFile?: FindFile | undefined;
}

/**
 * Resolves an address to a file that this site serves, or else to an absolute URL.
 *
 * A path from the root may belong to another part of the site. A relative path must be a file beside the article.
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
