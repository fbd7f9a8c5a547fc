import type { Instant } from '../article/article.ts';
import type { RenderedDocument, WrittenDocument } from '../feed/document.ts';
import type { Edition } from '../publication/publication.ts';
import { hasPages } from '../publication/site/site.ts';
import type { Term } from '../publication/slices/term.ts';

/** The parameters of a path, by their names in the pattern. */
export type Params = Readonly<Record<string, string>>;

/** Writes the document of a route with these parameters, of an edition at `now`; `undefined` if there is none. */
export type Write = (edition: Edition, params: Params, now: Instant) => Promise<WrittenDocument | undefined>;

type Find = (edition: Edition, params: Params, now: Instant) => Promise<string | undefined>;

/** An address, or a pattern of addresses, that has documents. */
export interface Route {
  readonly path: string;
  /** Other addresses of the same document, for readers that guess. */
  readonly aliases?: readonly string[] | undefined;
  readonly write: Write;
  /**
   * Returns the version of the page that the document is made of ({@link Edition.version}); absent if it has several.
   */
  readonly version?: (edition: Edition, params: Params, now: Instant) => Promise<string | undefined> | undefined;
  /** Renders only the entries of the document at these indices. */
  readonly delta?:
    | ((
        edition: Edition,
        params: Params,
        now: Instant,
        entries: readonly number[],
      ) => Promise<RenderedDocument | undefined>)
    | undefined;
  /** Returns the page to which people are redirected until there is a document, as a relative reference. */
  readonly meanwhile?: Find;
  /** Returns the site's page to which people are redirected if the publication has no pages, as an absolute URL. */
  readonly elsewhere?: Find | undefined;
  /** Makes the route of a combination of slices, whose conditions are in the query. */
  readonly combined?: ((terms: readonly Term[]) => Route) | undefined;
  /** Says why there is no document. */
  readonly reason?: (edition: Edition, now: Instant) => Promise<string | undefined>;
  /** The path by which {@link Edition.isGone} knows a former document. */
  readonly past?: ((params: Params) => string) | undefined;
}

/** Writes a document for people or about pages, unless the publication has no pages. */
export function withPages(write: Write): Write {
  return async (edition, params, now) => (hasPages(edition.site) ? write(edition, params, now) : undefined);
}
