import { isLocalName } from '../preview.ts';

/** A publication among several of one server. */
export interface Addressed {
  /** The first part of its path on this machine: the name of its folder. */
  readonly name: string;
  /** The address of its site. */
  readonly url: string;
}

/** A publication, and the path of a request as it knows it. */
export interface Found<T> {
  readonly publication: T;
  readonly path: string;
}

/** Finds the publication that a request is for. */
export type FindPublication<T> = (hostname: string, path: string) => Found<T> | undefined;

/**
 * Indexes publications by the host and the path of their addresses; of several with one host, the longest path counts.
 * At a name of this machine, each is also found below its own name, so that all can be looked at without their domains,
 * and a proxy can lead to each by a path. Throws if two have the same address or name.
 */
export function indexPublications<T extends Addressed>(publications: readonly T[]): FindPublication<T> {
  const byName = new Map<string, T>();
  const byHost = new Map<string, { readonly base: string; readonly publication: T }[]>();
  for (const publication of publications) {
    const { name, url } = publication;
    const { hostname, pathname: base } = new URL(url);
    const others = byHost.get(hostname) ?? [];
    const same = others.find((other) => other.base === base)?.publication;
    if (same !== undefined)
      throw new Error(`${same.name} and ${name} have the same address, ${url}; set another "url" in one of them`);
    if (byName.has(name)) throw new Error(`two folders are called ${name}; rename one of them`);
    byName.set(name, publication);
    byHost.set(
      hostname,
      [...others, { base, publication }].sort((a, b) => b.base.length - a.base.length),
    );
  }
  return (hostname, path) => {
    // The page at "/news" redirects to "/news/".
    const own = byHost.get(hostname)?.find(({ base }) => path.startsWith(base) || `${path}/` === base);
    if (own !== undefined) return { publication: own.publication, path };
    if (!isLocalName(hostname)) return undefined;
    const [, name = '', rest] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
    const publication = rest === undefined ? undefined : byName.get(decoded(name));
    return publication && { publication, path: rest ?? '/' };
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
