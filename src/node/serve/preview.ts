import { isIP } from 'node:net';
import type { Answer } from '../../http/response/respond.ts';

/** Decides which requests may see what is not published yet. */
export interface Preview {
  /**
   * Returns how a request is answered: as on the public site, only to pages of this server, or not at all, with the
   * reason.
   */
  accessOf(hostname: string, headers: Pick<Headers, 'get'>): 'open' | 'closed' | { readonly refusal: string };
}

export interface PreviewOptions {
  /** The address at which the server answers. */
  readonly url: string;
  /** The name or address that it was told to listen on, and the address that this led to. */
  readonly host: string;
  readonly bound: string;
  /** Whether pages reload after changes: somebody writes. */
  readonly isLive: boolean;
  /** Returns the public address of the publication, if one is set. */
  readonly siteUrl: () => string | undefined;
}

/**
 * Protects previews from other websites. A server on a loopback address has no access control except that only this
 * machine reaches it, and a browser on this machine sends it the requests of every website. Without CORS no website can
 * read the answers, and a website whose own name leads to this machine (DNS rebinding) is refused by that name.
 *
 * A server is a preview if it reloads pages, or listens on a loopback address and has no public address. Any other may
 * stand behind a proxy. It also answers at the name that it was told to listen on and, if other machines reach it, at
 * addresses, which no website can make its own name.
 */
export function previewOf({ url, host, bound, isLive, siteUrl }: PreviewOptions): Preview | undefined {
  const isLoopback = isLocalName(bound);
  const ownName = host.toLowerCase();
  if (!isLoopback && !isLive) return undefined;
  let known: { readonly url: string | undefined; readonly name: string | undefined } | undefined;
  return {
    accessOf: (written, headers) => {
      const hostname = written.replace(/\.$/, '');
      const current = siteUrl();
      if (known?.url !== current || known === undefined) known = { url: current, name: publicName(current) };
      const { name } = known;
      if ((name !== undefined && !isLive) || hostname === name) return 'open';
      if (!isLocalName(hostname) && hostname !== ownName && (isLoopback || !isAddress(hostname)))
        return { refusal: foreignName(hostname, url, name !== undefined) };
      // Links from elsewhere work.
      const isForeign = headers.get('Sec-Fetch-Site') === 'cross-site' && headers.get('Sec-Fetch-Dest') !== 'document';
      return isForeign ? { refusal: foreignPage } : 'closed';
    },
  };
}

/** Host names and addresses that always lead to this machine (RFC 6761 §6.3). A dot may end a name. */
export const localName = /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

export function isLocalName(name: string): boolean {
  return localName.test(name);
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

/** The name of the public site; `undefined` if the publication has none. */
function publicName(siteUrl: string | undefined): string | undefined {
  const hostname = siteUrl === undefined ? 'localhost' : new URL(siteUrl).hostname;
  return isLocalName(hostname) ? undefined : hostname;
}

function foreignName(name: string, url: string, hasUrl: boolean): string {
  const fix = hasUrl
    ? 'start "dateline serve" with --no-live'
    : `set "url" in publication.yaml, or SITE_URL, to that site`;
  return `This is a preview, which may show what is not published yet, so it answers only at names of this machine, such as ${url}, and not at ${name}. If a proxy passes the requests of a public site on to it, ${fix}.`;
}

const foreignPage =
  'This is a preview, which may show what is not published yet, so no other website may use what it shows.';

/** Answers a request that {@link Preview} refuses. */
export function refused(refusal: string): Response {
  return new Response(`${refusal}\n`, {
    status: 403,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** Removes what opens an answer to other websites. */
export function closed(answer: Response): Response {
  const headers = new Headers(answer.headers);
  for (const name of [...headers.keys()]) if (isOpening(name)) headers.delete(name);
  return new Response(answer.body, { status: answer.status, headers });
}

/** Does the same for an answer from the cache, whose fields are shared. */
export function closedAnswer(answer: Answer): Answer {
  const fields = closedFields.get(answer.fields) ?? withoutOpening(answer.fields);
  closedFields.set(answer.fields, fields);
  return { ...answer, fields };
}

const closedFields = new WeakMap<Answer['fields'], Answer['fields']>();

function withoutOpening(fields: Answer['fields']): Answer['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !isOpening(name)));
}

function isOpening(name: string): boolean {
  return /^access-control-/i.test(name);
}
