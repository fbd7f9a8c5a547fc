import type { PublicationFile } from '../../publication/file/publication-file.ts';

/** What decides whether a hub can be told. */
export type Reachable = Pick<PublicationFile, 'site' | 'hasUrl'>;

/**
 * Says why a publication's hub can't be told of its feeds; `undefined` where it can. A hub fetches what it is told of,
 * so feeds need an address at which it reaches them: on this machine only a hub on this machine does.
 */
export function obstacle({ site: { url, hub }, hasUrl }: Reachable): string | undefined {
  if (hub === undefined)
    return 'no hub is named; set "hub" in publication.yaml to the address of a WebSub hub';
  if (isLoopback(hub)) return undefined;
  if (!hasUrl) return `no public address is set, so ${hub} can't fetch the feeds; set "url" or SITE_URL`;
  if (isLoopback(url))
    return `"url" is ${url}, which ${hub} can't reach; set "url" or SITE_URL to the public address`;
  return undefined;
}

/** Tells whether an address is one of this machine alone (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])\.?$/.test(hostname);
}
