/** A file beside the articles that the site serves. */
export interface LocalFile {
  /** Absolute URL at which the site serves it. */
  readonly url: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** Pixels, for a picture. */
  readonly width?: number;
  /** Pixels, for a picture. */
  readonly height?: number;
}

/**
 * Finds the file of an address without a host: from the article's folder or, with a leading `/`, the root. With the
 * kind `article`, it finds only files of articles, and returns the URL of the article.
 */
export type FindFile = (written: string, kind?: 'article') => LocalFile | undefined;

/** Finds the file of this site, or the article in a file, that an address names, perhaps below an alias. */
export function findLocalFile(
  address: string,
  findFile: FindFile | undefined,
  kind?: 'article',
): LocalFile | undefined {
  if (findFile === undefined || elsewhere.test(address)) return undefined;
  for (const name of namesOf(address)) {
    const found = findFile(name, kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lists the names under which the file of an address may lie; a build tool's alias stands for one of its folders. */
function namesOf(address: string): readonly string[] {
  const [prefix] = alias.exec(address) ?? [];
  if (prefix === undefined) return [address];
  const path = address.slice(prefix.length);
  const served = path.replace(/^(?:src\/)?(?:static|public)\//, '');
  return [`/${served}`, `/${path}`, served];
}

/** An alias of build tools for the root of the project or its folder of files: `@/`, `@site/`, `~/`, `~@/`. */
export const alias = /^(?:@site|@@?|~@?|~~|\$lib)\/+/;

/** Addresses that cannot be a file of this site: with a scheme or host, inside the article, or empty. */
const elsewhere = /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|[#?]|$)/i;
