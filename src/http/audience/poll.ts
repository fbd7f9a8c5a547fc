import { type Format, formats } from '../../feed/formats.ts';
import { normalizePath } from '../../publication/addresses/address.ts';

/** A request and its answer, as far as they are counted. */
export interface Poll {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly method: string;
  /** The path below the site's address; a query is ignored. */
  readonly path: string;
  readonly status: number;
  /** Bytes of content that were sent. */
  readonly bytes: number;
  /** Bytes of the whole document or file without compression, if known. */
  readonly whole?: number | undefined;
  /** Bytes of an episode with which a minute of it can be played, if known. */
  readonly minute?: number | undefined;
  /** Whether the request had If-None-Match or If-Modified-Since. */
  readonly isConditional: boolean;
  /** Whether a browser prefetches it. */
  readonly isPrefetch?: boolean;
  readonly agent: string;
}

/** A counted document: a feed in a format, or an episode. */
export type Target =
  | { readonly feed: string; readonly format: Format['name'] }
  | { readonly episode: string }
  | undefined;

/**
 * Finds the feed or episode at a path. All formats of a feed have the path of its folder: `/`, `/tags/harbour/`.
 * Archive pages are left out, because a subscriber reads them once at most.
 */
export function targetOf(path: string): Target {
  const plain = withoutQuery(path);
  const alias = aliases.get(plain);
  if (alias !== undefined) return { feed: '/', format: alias };
  const name = plain.slice(plain.lastIndexOf('/') + 1);
  const format = files.get(name);
  if (format !== undefined) {
    const feed = normalizePath(plain.slice(0, -name.length));
    return !feed.startsWith('/') || feed.length > longest || isArchive.test(feed) ? undefined : { feed, format };
  }
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (!episodes.has(ending) || !plain.startsWith('/') || plain.length > longest) return undefined;
  return { episode: normalizePath(plain) };
}

function withoutQuery(path: string): string {
  const query = path.indexOf('?');
  const plain = query === -1 ? path : path.slice(0, query);
  const fragment = plain.indexOf('#');
  return fragment === -1 ? plain : plain.slice(0, fragment);
}

const files = new Map(formats.map(({ file, name }) => [file, name]));
const aliases = new Map(formats.flatMap(({ name, aliases }) => aliases.map((alias) => [alias, name] as const)));
const isArchive = /\/archive\/[^/]+\/$/;
const episodes = new Set('mp3 m4a m4b aac ogg oga opus flac wav mp4 m4v mov webm'.split(' '));
/** The most characters of a counted path. */
const longest = 200;
